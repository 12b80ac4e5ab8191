import { JauntError } from "@jaunt/core";
import type { Project } from "@jaunt/orchestrator";
import type { DoctorCheck } from "../report.ts";
import { failOf, ok, warn } from "./results.ts";

/** Whether the shared cache answers, where one is configured. A build survives it when it does not. */
export async function checkSharedCache({ cache }: Project): Promise<readonly DoctorCheck[]> {
  try {
    const remote = await cache.probe();
    if (remote === null) return [];
    const { address, problem, hint, write } = remote;
    if (problem !== null) return [warn("shared-cache", problem, hint ?? "Check [cache] remote in jaunt.toml.")];
    return [ok("shared-cache", `${address} answers, ${write ? "read and written" : "only read"}`)];
  } catch (error) {
    if (!JauntError.isInstance(error)) throw error;
    return [failOf("shared-cache", error)];
  }
}
