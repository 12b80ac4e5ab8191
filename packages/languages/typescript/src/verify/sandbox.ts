import { randomBytes } from "node:crypto";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { ExecResult, TargetIo } from "@jaunt/core";
import type { Bundle } from "./bundle.ts";
import { harnessSource } from "./harness.ts";
import type { RunnableCase } from "./read-case.ts";
import { propertyRuns } from "./seed.ts";

/** Bounds of one run. */
export interface Limits {
  readonly milliseconds: number;
  /** Of V8's heap. */
  readonly heapMegabytes: number;
  /** Of everything in memory, buffers included; known on Linux only. */
  readonly residentMegabytes: number;
  /** Characters, over all outputs. */
  readonly output: number;
}

export const defaultLimits: Limits = {
  milliseconds: 5000,
  heapMegabytes: 256,
  residentMegabytes: 512,
  output: 1_000_000,
};

/** One line of the harness: what happened, to which case (-1 for none), and what it says of it. */
export type RunEvent = readonly [event: string, index: number, first: string | number, second: string];

export interface SandboxRun {
  readonly result: ExecResult;
  readonly events: readonly RunEvent[];
}

/** What runs beside the cases and bounds them. */
export interface SandboxOptions {
  /** The first words of the command: what puts a program into a namespace. */
  readonly launcher: readonly string[];
  readonly limits: Limits;
  /** Source of fast-check as `jauntFastCheck`; needed for properties only. */
  readonly fastCheck?: string;
}

/** Runs bundled cases in one child process of plain Node that can touch nothing. */
export async function runSandboxed(
  { code, isCommonJs, packageFolders }: Bundle,
  cases: readonly RunnableCase[],
  { launcher, limits, fastCheck }: SandboxOptions,
  io: TargetIo,
): Promise<SandboxRun> {
  const nonce = randomBytes(16).toString("hex");
  const input = {
    nonce,
    code: isCommonJs ? code : dataUrl(code),
    commonJs: isCommonJs,
    root: isCommonJs ? join(io.root, "package.json") : pathToFileURL(io.root).href,
    runs: propertyRuns,
    cases: cases.map(factsOf),
  };
  const given = `${JSON.stringify(input)}, [${cases.map(computedBefore).join(",\n")}], ${fastCheck === undefined ? "undefined" : "jauntFastCheck"}`;
  const result = await io.exec([...launcher, ...nodeArguments(packageFolders, limits)], {
    input: `${harnessSource}\n${fastCheck ?? ""}\nawait main(${given});\n`,
    environment: "none",
    channel: true,
    timeoutMs: limits.milliseconds,
    maxOutput: limits.output,
    maxResidentBytes: limits.residentMegabytes * 1024 * 1024,
  });
  return { result, events: eventsIn(result.channel ?? "", nonce) };
}

/** What the harness is told of a case. */
function factsOf(each: RunnableCase): object {
  if ("generators" in each) {
    const { seed, asksModule, case: property } = each;
    return { type: "property", variables: property.variables.map(({ name }) => name), seed, asksModule };
  }
  if (!("call" in each)) return { type: "test" };
  const { case: example, thrown, isPure } = each;
  const { kind, value: text } = example.expectation;
  return { type: "example", kind, text, thrown, isPure };
}

/** An expression for what is made before any other code runs: values that are expected, and what makes the values of properties. */
function computedBefore(each: RunnableCase): string {
  if ("generators" in each) {
    const { consts, expressions } = each.generators;
    const lines = consts.map(({ name, code }) => `const ${name} = ${code};\n`).join("");
    return `((fc) => {\n${lines}return [${expressions.join(", ")}];\n})(jauntFastCheck)`;
  }
  return "call" in each && each.isPure ? `(${each.expected ?? ""}\n)` : "undefined";
}

function nodeArguments(packageFolders: readonly string[], { heapMegabytes }: Limits): readonly string[] {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  return [
    process.execPath,
    permission,
    ...packageFolders.map((folder) => `--allow-fs-read=${folder}${sep}*`),
    "--no-warnings",
    `--max-old-space-size=${heapMegabytes}`,
    "--input-type=module",
    "-",
  ];
}

/** The name keeps stack traces short, which would otherwise repeat the whole code. */
function dataUrl(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(`${code}\n//# sourceURL=jaunt-examples.mjs\n`).toString("base64")}`;
}

/** Lines behind the nonce; whatever else was written to the channel is not the harness's. */
function eventsIn(channel: string, nonce: string): readonly RunEvent[] {
  return channel
    .split("\n")
    .filter((line) => line.startsWith(nonce) && line.endsWith("]"))
    .map((line) => JSON.parse(line.slice(nonce.length)) as RunEvent);
}
