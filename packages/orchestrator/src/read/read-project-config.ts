import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JauntError } from "@jaunt/core";
import { parseConfig, type Config } from "@jaunt/core/config";
import { decodeText } from "./decode-text.ts";

/**
 * The configuration in `root` (absolute) as it is now.
 * @throws {JauntError} with code `config-missing`, `config-unreadable`, or one of `parseConfig`'s
 */
export function readProjectConfig(root: string): Config {
  const decoded = decodeText(readBytes(join(root, "jaunt.toml"), root));
  if ("text" in decoded) return parseConfig(decoded.text, "jaunt.toml");
  throw new JauntError(`jaunt.toml:${decoded.line}: ${decoded.message}`, {
    code: "config-unreadable",
    hint: decoded.hint,
    exitCode: 2,
  });
}

function readBytes(file: string, root: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      throw new JauntError(`There is no jaunt.toml in ${root}.`, {
        code: "config-missing",
        hint: "Run `jaunt init` there, or name the project's folder with --root.",
        exitCode: 2,
      });
    }
    throw new JauntError(`Cannot read jaunt.toml: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      code: "config-unreadable",
      hint: "Make it readable for you.",
      exitCode: 2,
      cause,
    });
  }
}
