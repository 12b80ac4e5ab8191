import type { Artifact } from "@jaunt/core";
import type { ProjectContext } from "../project-context.ts";
import { atomicWrite } from "./atomic-write.ts";

/** Writes one file of the project and says so; false, silently, when it holds that text already. */
export function writeOutput(context: ProjectContext, path: string, text: string, kind: Artifact["kind"]): boolean {
  if (!atomicWrite(context.root, path, text)) return false;
  context.emit({ type: "file-write", path, kind });
  return true;
}
