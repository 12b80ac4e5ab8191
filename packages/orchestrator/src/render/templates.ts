import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { JauntError, type Role } from "@jaunt/core";
import type { PromptsConfig } from "@jaunt/core/config";
import { digest, shortDigest } from "@jaunt/core/digest";
import { nativePath } from "../write/native-path.ts";
import type { Template } from "./fill-template.ts";

/** The templates for modules of one role: the package's own, or those that `[prompts]` puts in their place. */
export interface Templates {
  readonly system: Template;
  readonly module: Template;
  readonly extraSystem: string;
  /** First 12 hex digits of the digest of all three: the `prompt` of a file's generator. */
  readonly digest: string;
}

/** Reads the templates that a project has for a role. @throws {JauntError} when `[prompts]` names a file that cannot be read */
export function loadTemplates(root: string, prompts: PromptsConfig, role: Role): Templates {
  const system = loadTemplate(root, prompts, `${role}_system`);
  const module = loadTemplate(root, prompts, `${role}_module`);
  const extraSystem = prompts.extra_system;
  return {
    system,
    module,
    extraSystem,
    digest: shortDigest(digest("prompts", [system.text, module.text, extraSystem]), 12),
  };
}

function loadTemplate(root: string, prompts: PromptsConfig, key: `${Role}_${"system" | "module"}`): Template {
  const override = prompts[key];
  const own = `${key.replace("_", "-")}.md`;
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
