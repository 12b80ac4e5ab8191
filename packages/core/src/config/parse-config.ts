import { parse, TomlError } from "smol-toml";
import { z } from "zod";
import { JauntError } from "../errors.ts";
import { configSchema } from "./config-schema.ts";
import { describeIssue, type ConfigProblem } from "./describe-issue.ts";
import { locateKeys, type KeyLocator } from "./locate-keys.ts";
import { normaliseRoots } from "./roots.ts";
import type { Config } from "./schema.ts";

/**
 * The config that a jaunt.toml holds, defaults filled in and roots normalised. `path` is only named in messages.
 * @throws {JauntError} `config-syntax`, `config-unknown-key` or `config-invalid`, naming every problem with its line and column
 */
export function parseConfig(text: string, path: string): Config {
  const values = parseToml(text, path);
  const keys = locateKeys(text);
  checkVersion(values, keys, path);
  const result = configSchema.safeParse(values);
  if (result.success) return { ...result.data, paths: normaliseRoots(result.data.paths) };
  const known = { ...defaultConfig() };
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, known));
  throw configError(problems, keys, path);
}

/** The config of an empty jaunt.toml. */
export function defaultConfig(): Config {
  return configSchema.parse({});
}

/** JSON Schema (draft 2020-12) of jaunt.toml as people write it, for editors. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { io: "input", target: "draft-2020-12" });
  return { title: "jaunt.toml", ...schema };
}

function parseToml(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = (error.message.split("\n")[0] ?? "").replace("Invalid TOML document: ", "");
    throw new JauntError(`${path}:${error.line}:${error.column}: not valid TOML: ${reason}`, {
      code: "config-syntax",
      exitCode: 2,
      hint: `Fix the syntax there:\n${error.codeblock.trimEnd()}`,
      cause: error,
    });
  }
}

/** Apart from the schema, because a newer format may differ in everything else. */
function checkVersion(values: Readonly<Record<string, unknown>>, keys: KeyLocator, path: string): void {
  const version = values["version"];
  if (typeof version !== "number" || version === 1) return;
  const { line, column } = keys.find(["version"]);
  throw new JauntError(
    `${path}:${line}:${column}: version ${version} of the config format is not known; this Jaunt reads version 1`,
    {
      code: "config-invalid",
      exitCode: 2,
      hint: version > 1 ? "Upgrade Jaunt, or write version = 1." : "Write version = 1.",
    },
  );
}

function configError(problems: readonly ConfigProblem[], keys: KeyLocator, path: string): JauntError {
  const located = problems.map((problem) => ({ message: problem.message, ...keys.find(problem.path) }));
  located.sort((left, right) => left.line - right.line || left.column - right.column);
  const lines = located.map((problem) => `${path}:${problem.line}:${problem.column}: ${problem.message}`);
  const onlyUnknownKeys = problems.every((problem) => problem.unknownKey);
  return new JauntError(
    lines.length === 1 ? lines.join("") : `${lines.length} problems in ${path}:\n${lines.join("\n")}`,
    {
      code: onlyUnknownKeys ? "config-unknown-key" : "config-invalid",
      exitCode: 2,
      hint: onlyUnknownKeys
        ? "Correct the spelling or remove the key."
        : "Correct the file; docs/configuration.md explains each key.",
    },
  );
}
