import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { openProject } from "@jaunt/orchestrator";
import { runJaunt } from "@jaunt/testkit";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { readReport, type Observed } from "./read-report.ts";
import type { Edit, Expected, Outcome } from "./edit.ts";
import type { Templates } from "./templates.ts";

/** How one row came out. Each entry is one module with one outcome, readable by people. */
export interface Measured {
  /** What is rebuilt, called or called in question although the row does not name it. */
  readonly over: readonly string[];
  /** What the row names and does not happen. */
  readonly under: readonly string[];
}

/**
 * Makes one edit in a fresh copy of its project and compares what the command says with the row. A `status` is asked for twice: of the
 * binary, with the cache of the last command, and of the project itself, with none. Both answers must be right, and come from the same
 * plan to the last reason.
 */
export async function measureEdit(edit: Edit, templates: Templates): Promise<Measured> {
  const project = await templates.copy(edit.template);
  try {
    await edit.change(project);
    const root = join(project.root, edit.folder ?? ".");
    const warm = compare(await observe(edit, root), edit);
    if (edit.command !== "status") return warm;
    const cache = join(root, ".jaunt", "cache");
    const plan = await planIn(cache);
    await rm(cache, { recursive: true, force: true });
    const cold = compare(await observeInProcess(root), edit);
    const drift = plan === (await planIn(cache)) ? [] : ["another plan without a cache"];
    return { over: merge(warm.over, [...cold.over, ...drift]), under: merge(warm.under, cold.under) };
  } finally {
    await project.remove();
  }
}

/** All that a look at the project came to. */
async function planIn(cache: string): Promise<string> {
  return JSON.stringify(
    (JSON.parse(await readFile(join(cache, "summary.json"), "utf8")) as { summary: unknown }).summary,
  );
}

async function observe({ command }: Edit, root: string): Promise<Observed> {
  return readReport(command, (await runJaunt(root, [command, "--json"])).json());
}

/** What `jaunt status` says, without the time that starting the binary takes. */
async function observeInProcess(root: string): Promise<Observed> {
  const project = await openProject(root, {
    languages: [
      {
        reader: typescriptReader,
        createTarget: ({ typescript }) => createTypescriptTarget({ tsconfig: typescript.tsconfig }),
      },
    ],
    createBackend: () => Promise.reject(new Error("a status makes no call")),
    generatorModel: ({ llm }) => (llm.provider === "replay" ? undefined : `${llm.provider}/${llm.model}`),
    toolVersion: "0.1.0",
  });
  try {
    return readReport("status", await project.status());
  } finally {
    await project.close();
  }
}

function compare({ found, calls }: Observed, { expected, calls: due }: Edit): Measured {
  const paid = calls === undefined || due === undefined ? 0 : calls - due;
  return {
    over: [...entriesBeyond(found, expected), ...Array.from({ length: Math.max(0, paid) }, () => "a call")],
    under: [...entriesBeyond(expected, found), ...Array.from({ length: Math.max(0, -paid) }, () => "a call")],
  };
}

/** Each entry once; of those that only the second answer has, a word why. */
function merge(warm: readonly string[], cold: readonly string[]): readonly string[] {
  const onlyCold = cold.filter((entry) => !warm.includes(entry));
  return [...warm, ...onlyCold.map((entry) => `${entry}, asked without a cache`)];
}

/** Modules with an outcome in `some` that they have not in `others`. */
function entriesBeyond(some: Expected, others: Expected): readonly string[] {
  return (Object.entries(some) as [Outcome, readonly string[]][]).flatMap(([outcome, modules]) =>
    modules.filter((module) => others[outcome]?.includes(module) !== true).map((module) => `${module} ${outcome}`),
  );
}
