import type { SpecSource } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import { readAsPlanned } from "./read-as-planned.ts";
import type { LoadedModule } from "./read-specs.ts";

/**
 * The text of a module's spec file, which its spans point into.
 * @throws {JauntError} with code `changed-meanwhile` when the file is not the one that was read
 */
export function readSource(
  root: string,
  { module, hash }: Pick<LoadedModule, "module" | "hash">,
  { originsOf }: Pick<LoadedProject, "originsOf">,
): SpecSource {
  return { module, text: readAsPlanned(root, module.path, hash), definedIn: originsOf(module) };
}
