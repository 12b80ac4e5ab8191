import type { ModuleId } from "@jaunt/core";
import type { ModuleState, PlannedModule, Reason } from "@jaunt/core/plan";
import { describe, expect, test } from "vitest";
import type { Task } from "../build/select-work.ts";
import { chooseTasks, type OpenTask } from "./choose-tasks.ts";

describe("what a change means for a round that is under way", () => {
  test("nothing, when every digest is as it was", () => {
    expect(choose({ due: { a: "stale", b: "stale" }, open: { a: "1", b: "1" } })).toEqual({
      tasks: ["a", "b"],
      cancelled: [],
      isNew: false,
    });
  });

  test("a module with another digest is cancelled and due again, the others go on", () => {
    expect(choose({ due: { a: "stale", b: "stale" }, open: { a: "0", b: "1" } })).toEqual({
      tasks: ["a", "b"],
      cancelled: ["a"],
      isNew: true,
    });
  });

  test("a module whose spec is gone is cancelled, one whose spec cannot be read goes on", () => {
    const choice = choose({ due: {}, open: { gone: "1", broken: "1" }, digests: {}, files: ["broken.jaunt.ts"] });
    expect(choice).toEqual({ tasks: [], cancelled: ["gone"], isNew: false });
  });

  test("a module that is due besides is new", () => {
    expect(choose({ due: { a: "stale", b: "unbuilt" }, open: { a: "1" } })).toMatchObject({
      cancelled: [],
      isNew: true,
    });
  });
});

describe("what failed before", () => {
  test("is not tried again, nor what waits for it, however often other files change", () => {
    const due = { a: "failed", b: blockedOn("a"), c: "stale" } as const;
    expect(choose({ due }).tasks).toEqual(["c"]);
  });

  test("is tried again, with what waits for it, when a file that it is built upon changed, or everything did", () => {
    const due = { a: "failed", b: blockedOn("a"), c: "stale" } as const;
    expect(choose({ due, retried: new Set(["a"]) }).tasks).toEqual(["a", "b", "c"]);
    expect(choose({ due, retried: "all" }).tasks).toEqual(["a", "b", "c"]);
  });
});

interface Situation {
  readonly due: Readonly<Record<ModuleId, ModuleState | readonly Reason[]>>;
  /** Digests that a round works with. */
  readonly open?: Readonly<Record<ModuleId, string>>;
  /** Digests now; `1` for all unless given. */
  readonly digests?: Readonly<Record<ModuleId, string>>;
  readonly retried?: ReadonlySet<ModuleId> | "all";
  readonly files?: readonly string[];
}

function choose({ due, open = {}, digests, retried = new Set(), files = [] }: Situation): Choice {
  const now = digests ?? Object.fromEntries([...Object.keys(due), ...Object.keys(open)].map((id) => [id, "1"]));
  const { tasks, cancelled, isNew } = chooseTasks({
    project: { plannedOf: (id) => plannedOf(id, now[id]) },
    due: new Map(Object.entries(due).map(([id, state]) => [id, taskOf(id, state)])),
    open: new Map(
      Object.entries(open).map(([id, digest]): [ModuleId, OpenTask] => [id, { digest, path: `${id}.jaunt.ts` }]),
    ),
    retried,
    exists: (path) => files.includes(path),
  });
  return { tasks: [...tasks.keys()], cancelled, isNew };
}

interface Choice {
  readonly tasks: readonly ModuleId[];
  readonly cancelled: readonly ModuleId[];
  readonly isNew: boolean;
}

function blockedOn(module: ModuleId): readonly Reason[] {
  return [{ kind: "dependency_failed", module }];
}

function taskOf(id: ModuleId, state: ModuleState | readonly Reason[]): Task {
  const planned = typeof state === "string" ? { state, reasons: [] } : { state: "blocked" as const, reasons: state };
  return { kind: "generate", planned: { id, dependsOn: [], generatedPath: `${id}.ts`, ...planned } };
}

function plannedOf(id: ModuleId, digest: string | undefined): PlannedModule | undefined {
  if (digest === undefined) return undefined;
  return { id, digest, state: "stale", reasons: [], dependsOn: [], generatedPath: `${id}.out` };
}
