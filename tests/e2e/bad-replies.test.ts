import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Backend, Diagnostic, GenerateResponse } from "@jaunt/core";
import { openProject, type BuildReport, type RunEvent } from "@jaunt/orchestrator";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { badReplies, good, spec } from "./bad-replies-table.ts";
import { tsconfig } from "./fixture.ts";

const goodReply = `\`\`\`ts\n${good}\`\`\`\n`;
const moduleOf = (index: number): string => `src/case${index}`;
const repliesTo = (label: string): string =>
  (badReplies[Number(/\d+$/.exec(label)?.[0])]?.reply ?? "").replace("SELF", `case${/\d+$/.exec(label)?.[0]}`);

describe("a bad reply followed by a good one", () => {
  const run = buildWith((label, attempt) => (attempt === 1 ? repliesTo(label) : goodReply));

  test.each(badReplies.map((bad, index) => ({ ...bad, index })))(
    "$name: located, fed back and repaired",
    ({ code, at, index }) => {
      const attempts = run().attempts.get(moduleOf(index)) ?? [];
      const errors = attempts[0]?.filter((diagnostic) => diagnostic.severity === "error") ?? [];
      expect(errors.map((error) => error.code).join(" ")).toContain(code);
      const located = errors.filter((error) => error.code.startsWith(code) && error.start !== undefined);
      if (at !== undefined) {
        const lines = located.map(
          (error) => run().sources.get(moduleOf(index))?.split("\n")[(error.start?.line ?? 0) - 1] ?? "",
        );
        expect(lines.join("\n")).toContain(at);
      }
      expect(run().prompts.get(`${moduleOf(index)} 2`)).toContain(errors[0]?.message);
      expect(run().report.generated).toContain(moduleOf(index));
    },
  );
});

describe("a bad reply that is never repaired", () => {
  const run = buildWith((label) => repliesTo(label));

  test("fails every module, and nothing of any of them reaches the source tree", () => {
    expect(run().report.generated).toEqual([]);
    expect(
      run()
        .report.failed.map((failure) => failure.module)
        .toSorted(),
    ).toEqual(badReplies.map((_bad, index) => moduleOf(index)).toSorted());
    expect(run().treeAfter).toEqual(run().treeBefore);
  });

  test("names the failure artifact, which holds the last candidate and its diagnostics", () => {
    for (const failure of run().report.failed) {
      const artifact = readFileSync(join(run().root, failure.artifact ?? "absent"), "utf8");
      expect(artifact).toContain(failure.diagnostics[0]?.message ?? "absent");
    }
  });
});

interface Run {
  readonly root: string;
  readonly report: BuildReport;
  /** Diagnostics by module, one list per attempt. */
  readonly attempts: ReadonlyMap<string, readonly (readonly Diagnostic[])[]>;
  /** First source text that was extracted from each module's first reply. */
  readonly sources: ReadonlyMap<string, string>;
  /** Prompt text by `module attempt`. */
  readonly prompts: ReadonlyMap<string, string>;
  readonly treeBefore: Readonly<Record<string, string>>;
  readonly treeAfter: Readonly<Record<string, string>>;
}

function buildWith(replyTo: (label: string, attempt: number) => string): () => Run {
  let result: Run | undefined;
  const root = mkdtempSync(join(tmpdir(), "jaunt-bad-"));
  beforeAll(async () => {
    writeProject(root);
    const attempts = new Map<string, (readonly Diagnostic[])[]>();
    const prompts = new Map<string, string>();
    const backend: Backend = {
      apiVersion: 1,
      name: "scripted",
      generate: (request) => {
        prompts.set(`${request.label} ${request.attempt}`, request.prompt.map((part) => part.text).join("\n"));
        return Promise.resolve(response(replyTo(request.label, request.attempt)));
      },
    };
    const onEvent = (event: RunEvent): void => {
      if (event.type === "attempt-end")
        attempts.set(event.module, [...(attempts.get(event.module) ?? []), event.diagnostics]);
    };
    const project = await openProject(root, {
      languages: [{ reader: typescriptReader, createTarget: (config) => createTypescriptTarget(config.typescript) }],
      createBackend: () => Promise.resolve(backend),
      toolVersion: "0.0.0-test",
      onEvent,
    });
    await project.sync();
    const treeBefore = readTree(join(root, "src"));
    const report = await project.build();
    await project.close();
    const sources = new Map(badReplies.map((_bad, index) => [moduleOf(index), sourceOf(replyTo(moduleOf(index), 1))]));
    result = { root, report, attempts, sources, prompts, treeBefore, treeAfter: readTree(join(root, "src")) };
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true }));
  return () => {
    if (result === undefined) throw new Error("the build did not end");
    return result;
  };
}

function writeProject(root: string): void {
  const files: Record<string, string> = {
    "jaunt.toml": 'version = 1\n[llm]\nprovider = "scripted"\n[build]\nmax_attempts = 2\n[paths]\ntest_roots = []\n',
    "package.json": '{ "name": "bad", "private": true, "type": "module" }',
    "tsconfig.json": tsconfig({ isolatedDeclarations: true, declaration: true }),
    "src/stats.ts": "export interface Stats {\n  readonly share: number;\n}\n",
  };
  for (const index of badReplies.keys()) files[`${moduleOf(index)}.jaunt.ts`] = spec;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(join(import.meta.dirname, "..", "node_modules"), join(root, "node_modules"), "junction");
}

function response(text: string): GenerateResponse {
  const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
  return { text, channel: "text", finish: "stop", usage, model: "scripted" };
}

function sourceOf(reply: string): string {
  return /```\w*\n([\s\S]*?)```/.exec(reply)?.[1] ?? reply;
}

function readTree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), "utf8"),
    ]),
  );
}
