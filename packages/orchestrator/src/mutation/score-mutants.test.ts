import { afterEach, beforeEach, expect, test } from "vitest";
import type { Mutant, Target, TestRun, TestSubject } from "@jaunt/core";
import { parseConfig } from "@jaunt/core/config";
import { createToyLanguage } from "../__fixtures__/toy-language.ts";
import { createToyProject, fenced, type ToyProject } from "../__fixtures__/toy-project.ts";
import { loadProject } from "../load-project.ts";
import type { Language } from "../project.ts";
import { createContext } from "../project-context.ts";
import { scoreMutants, type MutationResults } from "./score-mutants.ts";

/** What the tests of the toy language say of a built text; may be changed by a test. */
let verify: (built: string) => Partial<TestRun> | Promise<Partial<TestRun>>;
let runs: string[];
let toy: ToyProject;

beforeEach(async () => {
  toy = createToyProject({
    "src/a.toy": "spec a(number) -- Takes a number.\n",
    "src/b.toy": "spec b(number) -- Too.\n",
  });
  Object.assign(toy.replies, { "src/a": fenced("fn a(number) = 123"), "src/b": fenced("fn b(number) = 4") });
  await (await toy.open()).build();
  verify = (built) => (built.includes("9") ? { failed: 1 } : { passed: 1 });
  runs = [];
});
afterEach(() => toy.remove());

test("mutants that no test notices survive, and say where they are", async () => {
  verify = (built) => (built.includes("193") ? { passed: 1 } : built.includes("9") ? { failed: 1 } : { passed: 1 });
  const { scores, diagnostics } = await score();
  expect(diagnostics).toEqual([]);
  const line = toy.read("src/__generated__/a.out").split("\n").indexOf("fn a(number) = 123") + 1;
  const survivors = [{ description: "2 to 9", file: "src/__generated__/a.out", line }];
  expect(scores).toEqual([
    { ref: "src/a:a", mutants: 3, killed: 2, survivors, left_out: 0 },
    { ref: "src/b:b", mutants: 1, killed: 1, survivors: [], left_out: 0 },
  ]);
});

test("no more mutants are run than asked for", async () => {
  const { scores } = await score({ limit: 2 });
  expect(scores.map(({ mutants, left_out }) => [mutants, left_out])).toEqual([
    [2, 1],
    [1, 0],
  ]);
  expect(runs).toHaveLength(2 + 3);
});

test("the same project gives the same report, whatever ends first", async () => {
  const slow = (built: string): Promise<Partial<TestRun>> =>
    new Promise((resolve) => {
      const outcome = built.includes("93") ? { passed: 1 } : built.includes("9") ? { failed: 1 } : { passed: 1 };
      setTimeout(() => resolve(outcome), (runs.length * 7) % 5);
    });
  verify = slow;
  expect(await score({ jobs: 3 })).toEqual(await score({ jobs: 1 }));
});

test("a module whose own tests fail is left out, and said so", async () => {
  verify = (built) => (built.includes("fn b") ? { passed: 1, failed: 2 } : { passed: 1 });
  const { scores, diagnostics } = await score();
  expect(scores.map(({ ref }) => ref)).toEqual(["src/a:a"]);
  expect(diagnostics).toMatchObject([{ code: "mutation/failing", file: "src/b.toy" }]);
  expect(diagnostics[0]?.message).toBe("No mutants: 2 of its tests fail on the code as it is.");
  expect(runs.filter((built) => built.includes("fn b"))).toHaveLength(1);
});

test("without a test that runs, every mutant survives without being run", async () => {
  verify = () => ({ skipped: 1 });
  const { scores, diagnostics } = await score();
  expect(scores.map(({ killed, mutants }) => [killed, mutants])).toEqual([
    [0, 3],
    [0, 1],
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["mutation/untested", "mutation/untested"]);
  expect(runs).toHaveLength(2);
});

test("what did not run kills nothing, and is tried twice", async () => {
  verify = (built) => (built.includes("9") ? { skipped: 1 } : { passed: 1 });
  const { scores } = await score();
  expect(scores).toEqual([]);
  expect(runs).toHaveLength(2 + 2 * 4);
});

test("an interrupted run counts nothing", async () => {
  const stop = new AbortController();
  verify = (built) => {
    if (built.includes("9")) stop.abort();
    return { passed: 1 };
  };
  expect(await score({ signal: stop.signal, jobs: 1 })).toEqual({ scores: [], diagnostics: [] });
  expect(runs).toHaveLength(2 + 1);
});

test("progress is told", async () => {
  await score({ jobs: 1 });
  const told = toy.events.flatMap((event) => (event.type === "mutation-progress" ? [event] : []));
  expect(told.map(({ done, total, survived }) => [done, total, survived])).toEqual(
    [1, 2, 3, 4].map((done) => [done, 4, 0]),
  );
});

interface ScoreOptions {
  readonly limit?: number;
  readonly jobs?: number;
  readonly signal?: AbortSignal;
}

async function score({ limit = 25, jobs = 2, signal }: ScoreOptions = {}): Promise<MutationResults> {
  const config = parseConfig(toy.read("jaunt.toml"), "jaunt.toml");
  const context = createContext(toy.root, config, {
    languages: [language()],
    createBackend: () => Promise.reject(new Error("no backend is needed")),
    toolVersion: "0.0.0",
    onEvent: (event) => toy.events.push(event),
    ...(signal === undefined ? {} : { signal }),
  });
  const project = await loadProject(context);
  return scoreMutants(context, project, { modules: [...project.modules.keys()], limit, jobs });
}

/** The toy language with one example for each spec, and mutants that put a 9 in the place of each digit. */
function language(): Language {
  const { language: plain } = createToyLanguage();
  return {
    reader: {
      ...plain.reader,
      version: "1 with examples",
      read(file, layout) {
        const result = plain.reader.read(file, layout);
        if (result.module === undefined) return result;
        const examples = [{ text: "x", call: "x", expectation: { kind: "returns", value: "1" } as const }];
        return {
          ...result,
          module: { ...result.module, specs: result.module.specs.map((spec) => ({ ...spec, examples })) },
        };
      },
    },
    async createTarget(config): Promise<Target> {
      return { ...(await plain.createTarget(config)), verify: run, mutate };
    },
  };
}

async function run({ built = "" }: TestSubject): Promise<TestRun> {
  runs.push(built);
  return { passed: 0, failed: 0, skipped: 0, diagnostics: [], ...(await verify(built)) };
}

function mutate({ module }: TestSubject["source"], built: string): readonly Mutant[] {
  return [...built.matchAll(/\d/g)].map(({ index, 0: digit }) => ({
    specs: module.specs.map(({ name }) => name),
    description: `${digit} to 9`,
    start: { line: built.slice(0, index).split("\n").length, column: 1, offset: index },
    built: `${built.slice(0, index)}9${built.slice(index + 1)}`,
  }));
}
