import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { JauntError } from "@jaunt/core";
import type { PromptsConfig } from "@jaunt/core/config";
import { digest, shortDigest } from "@jaunt/core/digest";
import { nativePath } from "../write/native-path.ts";
import type { Template } from "./fill-template.ts";

/** The templates of a project: the package's own, or those that `[prompts]` puts in their place. */
export interface Templates {
  readonly system: Template;
  readonly module: Template;
  readonly extraSystem: string;
  /** First 12 hex digits of the digest of all three: the `prompt` of a file's generator. */
  readonly digest: string;
}

/** Reads the templates of a project. @throws {JauntError} when `[prompts]` names a file that cannot be read */
export function loadTemplates(root: string, prompts: PromptsConfig): Templates {
  const system = loadTemplate(root, prompts.build_system, "build_system", "build-system.md");
  const module = loadTemplate(root, prompts.build_module, "build_module", "build-module.md");
  const extraSystem = prompts.extra_system;
  return {
    system,
    module,
    extraSystem,
    digest: shortDigest(digest("prompts", [system.text, module.text, extraSystem]), 12),
  };
}

function loadTemplate(root: string, override: string, key: string, own: string): Template {
  if (override === "") return { path: own, text: readFileSync(join(templatesFolder(), own), "utf8") };
  try {
    return { path: override, text: readFileSync(nativePath(root, override), "utf8") };
  } catch (cause) {
    throw new JauntError(`[prompts] ${key} names ${override}, which cannot be read.`, {
      code: "prompt-unreadable",
      exitCode: 2,
      hint: "Give the path of a template relative to the folder of jaunt.toml, or remove the key.",
      cause,
    });
  }
}

/** The same folder seen from `src/render` and from the flat `dist`. */
function templatesFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const levels = here.endsWith("render") ? ["..", ".."] : [".."];
  return join(here, ...levels, "templates");
}
