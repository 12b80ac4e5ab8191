import { JauntError } from "@jaunt/core";
import type { DoctorCheck } from "../report.ts";

/** A check that found nothing wrong. */
export function ok(name: string, message: string): DoctorCheck {
  return { name, status: "ok", message };
}

/** A check that found something a build survives. */
export function warn(name: string, message: string, fix: string): DoctorCheck {
  return { name, status: "warn", message, fix };
}

/** A check that found something a build does not survive. */
export function fail(name: string, message: string, fix: string): DoctorCheck {
  return { name, status: "fail", message, fix };
}

/**
 * An error of the project as a failed check.
 * @throws what is no `JauntError`: a bug is no finding
 */
export function failOf(name: string, error: unknown): DoctorCheck {
  if (!JauntError.isInstance(error)) throw error;
  return fail(name, error.message, error.hint ?? "See docs/configuration.md.");
}
