import type { Artifact, ModuleId } from "@jaunt/core";
import { emptyModule, type OpenLanguage } from "../read/open-languages.ts";

/** The facade as Jaunt writes it, which depends on nothing but the place of the module; undefined where the language has none. */
export function ownFacade(id: ModuleId, path: string, { reader, target, layout }: OpenLanguage): Artifact | undefined {
  const module = emptyModule(id, path, reader.language);
  return target.compose({ module, text: "" }, null, layout).find(({ kind }) => kind === "facade");
}
