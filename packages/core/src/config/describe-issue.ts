import type { z } from "zod";
import { closest } from "../text/closest.ts";

type IssuePath = readonly (string | number)[];

/** One thing that is wrong with a config: where, and a sentence without a full stop. Never repeats a value, which may be a secret. */
export interface ConfigProblem {
  readonly path: IssuePath;
  readonly message: string;
  readonly unknownKey: boolean;
}

/** A zod issue as the problems it stands for. `known` is the config with every default, which names all keys there are. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  known: Readonly<Record<string, unknown>>,
): readonly ConfigProblem[] {
  const path = issue.path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, path, known), unknownKey: true }));
  }
  return [{ path, message: `${nameOf(path)}: ${complaint(issue)}`, unknownKey: false }];
}

function unknownKey(key: string, section: IssuePath, known: Readonly<Record<string, unknown>>): string {
  if (section.length === 0) {
    const elsewhere = sectionOf(key, known);
    const near = closest(key, Object.keys(known));
    if (near !== undefined)
      return `unknown section or key "${key}". Did you mean ${isTable(known[near]) ? `[${near}]` : `"${near}"`}?`;
    return `unknown section or key "${key}".${elsewhere === undefined ? "" : ` Did you mean "${key}" in [${elsewhere}]?`}`;
  }
  const siblings =
    section[0] === "llm" && section[1] === "pricing"
      ? ["input", "cached", "output"]
      : Object.keys(tableAt(known, section[0]));
  const near = closest(key, siblings);
  if (near !== undefined) return `unknown key "${key}" in ${tableName(section)}. Did you mean "${near}"?`;
  const elsewhere = sectionOf(key, known);
  return `unknown key "${key}" in ${tableName(section)}.${elsewhere === undefined ? "" : ` Did you mean "${key}" in [${elsewhere}]?`}`;
}

function sectionOf(key: string, known: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(known).find((section) => Object.hasOwn(tableAt(known, section), key));
}

function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined") ? "is missing" : `expected ${article(issue.expected)}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `expected ${quote(issue.values[0])}`
        : `expected one of ${issue.values.map(quote).join(", ")}`;
    case "too_small":
      return issue.origin === "string"
        ? "must not be empty"
        : `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function article(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: "a string",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a table",
    record: "a table",
  };
  return names[expected] ?? expected;
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** `[build] jobs`, `[paths] source_roots[1]`, `version`. */
function nameOf(path: IssuePath): string {
  const [section, ...rest] = path;
  if (rest.length === 0) return String(section ?? "the file");
  const keys = rest.map((segment, index) =>
    typeof segment === "number" ? `[${segment}]` : `${index === 0 ? "" : "."}${bareOrQuoted(segment)}`,
  );
  return `[${String(section)}] ${keys.join("")}`;
}

function tableName(path: IssuePath): string {
  return `[${path.map((segment) => bareOrQuoted(String(segment))).join(".")}]`;
}

function bareOrQuoted(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

function tableAt(known: Readonly<Record<string, unknown>>, section: string | number | undefined): object {
  const table = section === undefined || !Object.hasOwn(known, section) ? undefined : known[section];
  return isTable(table) ? table : {};
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
