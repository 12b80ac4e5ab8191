import { rename } from "node:fs/promises";
import { join } from "node:path";
import { runJaunt, startJaunt, waitFor, type ProcessResult } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { canMount, mountSmallDisk, needsMount, type SmallDisk } from "./small-disk.ts";
import { openSmall, type SmallOptions, type SmallProject } from "./small-project.ts";

const opened: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).toReversed()) await thing.close();
});

async function open(options: SmallOptions = {}): Promise<SmallProject> {
  const small = await openSmall(options);
  opened.push(small);
  return small;
}

async function openOnDisk(options: SmallOptions = {}): Promise<SmallProject & { readonly disk: SmallDisk }> {
  const disk = mountSmallDisk(512);
  opened.push(disk);
  return { ...(await open({ ...options, folder: disk.folder })), disk };
}

const states = async (root: string): Promise<Readonly<Record<string, string>>> => {
  const { modules } = (await runJaunt(root, ["status", "--json"])).json() as {
    readonly modules: Readonly<Record<string, { readonly status: string }>>;
  };
  return Object.fromEntries(Object.entries(modules).map(([id, { status }]) => [id, status]));
};

const errorOf = (result: ProcessResult): unknown => (result.json() as { readonly error?: unknown }).error;

/** The lines of standard error that warn. */
const warnings = ({ stderr }: ProcessResult): readonly string[] =>
  stderr.split("\n").filter((line) => line.startsWith("warning:"));

describe.skipIf(!canMount)(`a disk that is full or read-only${needsMount}`, () => {
  test("full before the build: it says so and asks for nothing; with space again all is built", async () => {
    const { project, server, disk } = await openOnDisk();
    disk.fill();
    const text = await runJaunt(project.root, ["build"]);
    expect(text.exitCode).toBe(3);
    expect(text.stderr).toContain("error: Cannot write .jaunt/lock: the disk is full.");
    expect(text.stderr).toContain("hint: Free some space and run the command again; what was finished is kept.");
    const document = await runJaunt(project.root, ["build", "--json"]);
    expect(errorOf(document)).toMatchObject({ code: "write-enospc", exit_code: 3 });
    expect(server.requests).toEqual([]);
    disk.free();
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
  });

  test("full in the middle: what landed stays whole, and the next build goes on", async () => {
    const { project, server, disk } = await openOnDisk({ delays: { second: 1_500 } });
    const build = startJaunt(project.root, ["build", "--json"]);
    await built(project, "src/one/__generated__/first.ts");
    disk.fill();
    const result = await build.finished;
    expect(result.exitCode).toBe(3);
    expect(errorOf(result)).toMatchObject({
      code: "write-enospc",
      message: "Cannot write src/two/__generated__/second.ts: the disk is full.",
    });
    expect(warnings(result)).toEqual([expect.stringContaining("Replies cannot be kept")]);
    disk.free();
    expect(await states(project.root)).toMatchObject({ "src/one/first": "current", "src/two/second": "unbuilt" });
    expect((await project.list()).filter((path) => path.endsWith("-tmp"))).toEqual([]);
    const before = server.requests.length;
    expect((await runJaunt(project.root, ["build", "--json"])).json()).toMatchObject({
      generated: ["src/third", "src/two/second"],
      skipped: ["src/one/first"],
    });
    expect(server.requests.slice(before).map(({ key }) => key)).not.toContain("first");
  });

  test("read-only: status and check work, and a build says so before it asks for anything", async () => {
    const { project, server, disk } = await openOnDisk();
    disk.freeze();
    expect((await runJaunt(project.root, ["status"])).exitCode).toBe(0);
    expect((await runJaunt(project.root, ["check"])).exitCode).toBe(3);
    const result = await runJaunt(project.root, ["build", "--json"]);
    expect(result.exitCode).toBe(3);
    expect(errorOf(result)).toMatchObject({
      code: "write-erofs",
      message: "Cannot write .jaunt/lock: the file system is read-only.",
      hint: "Run Jaunt where the project can be written to.",
    });
    expect(server.requests).toEqual([]);
    disk.thaw();
  });

  test("a read-only cache folder: one warning that replies cannot be kept, and the build goes on", async () => {
    const disk = mountSmallDisk(64);
    opened.push(disk);
    disk.freeze();
    const { project } = await open({ config: `[cache]\ndir = "${disk.folder}/cache"\n` });
    const result = await runJaunt(project.root, ["build", "--json"]);
    expect(result.exitCode).toBe(0);
    expect(result.json()).toMatchObject({ calls: 3, failed: [] });
    expect(warnings(result)).toEqual([expect.stringContaining("Replies cannot be kept")]);
  });
});

describe("something is in the way", () => {
  test(".jaunt is a file: an error that names it, before anything is asked for", async () => {
    const { project, server } = await open();
    await project.write(".jaunt", "mine\n");
    const result = await runJaunt(project.root, ["build", "--json"]);
    expect(result.exitCode).toBe(3);
    expect(errorOf(result)).toMatchObject({ message: expect.stringMatching(/^Cannot write \.jaunt\/lock: .*file/) });
    expect((await runJaunt(project.root, ["status"])).exitCode).toBe(0);
    expect(server.requests).toEqual([]);
    expect(await project.read(".jaunt")).toBe("mine\n");
  });

  test("a file in place of the cache: one warning, and the build goes on", async () => {
    const { project } = await open();
    await project.write(".jaunt/cache", "");
    const result = await runJaunt(project.root, ["build"]);
    expect(result.exitCode).toBe(0);
    expect(warnings(result)).toEqual([expect.stringContaining("Replies cannot be kept")]);
  });

  test("a file in place of a generated folder: an error that names it", async () => {
    const { project, server } = await open();
    await project.write("src/one/__generated__", "mine\n");
    const result = await runJaunt(project.root, ["build", "--json"]);
    expect(result.exitCode).toBe(3);
    expect(errorOf(result)).toMatchObject({
      message: expect.stringMatching(/^Cannot write src\/one\/__generated__\/first\.ts: .* file/),
      hint: expect.stringContaining("Move that file away"),
    });
    expect(server.requests).toEqual([]);
    expect(await project.read("src/one/__generated__")).toBe("mine\n");
  });

  test("the same during a build: that module fails, the others land, and its reply is not paid for again", async () => {
    const { project, server } = await open({ delays: { first: 1_500 } });
    const build = startJaunt(project.root, ["build", "--json"]);
    await built(project, "src/two/__generated__/second.ts");
    const folder = join(project.root, "src/one/__generated__");
    await rename(folder, `${folder}.away`);
    await project.write("src/one/__generated__", "mine\n");
    const result = await build.finished;
    expect(result.exitCode).toBe(3);
    expect(result.json()).toMatchObject({
      generated: ["src/two/second"],
      failed: [
        { module: "src/one/first", outcome: "failed", message: expect.stringContaining("Cannot write src/one/") },
        { module: "src/third", outcome: "blocked" },
      ],
    });
    await project.remove("src/one/__generated__");
    await rename(`${folder}.away`, folder);
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect(server.requests.filter(({ key }) => key === "first")).toHaveLength(1);
  });
});

describe("what changes while a build runs", () => {
  test("an edited spec: what lands carries the digest of what was asked for, so it is stale afterwards", async () => {
    const { project, server } = await open({ delays: { first: 1_500 } });
    const { modules } = (await runJaunt(project.root, ["status", "--json"])).json() as {
      readonly modules: Readonly<Record<string, { readonly digest: string }>>;
    };
    const build = startJaunt(project.root, ["build", "--json"]);
    await waitFor(() => server.requests.some(({ key }) => key === "first"), waiting);
    const spec = await project.read("src/one/first.jaunt.ts");
    await project.write("src/one/first.jaunt.ts", spec.replace("Twice the number.", "Thrice the number."));
    // Nor is what it was to be looked up any more.
    await project.remove(".jaunt/cache/analysis.txt");
    const result = await build.finished;
    expect(result.exitCode, result.stdout + result.stderr).toBe(0);
    const text = await project.read("src/one/__generated__/first.ts");
    expect(text).toContain(`jaunt:module_digest=sha256:${modules["src/one/first"]?.digest ?? ""}`);
    expect(text).toContain("Twice the number.");
    expect(await states(project.root)).toEqual({
      "src/one/first": "stale",
      "src/two/second": "current",
      // It needs the first, whose contract is another one now.
      "src/third": "stale",
    });
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect(await project.read("src/one/__generated__/first.ts")).toContain("Thrice the number.");
  });

  test("a spec that vanishes: the build ends in order, and what it wrote is an orphan", async () => {
    const { project, server } = await open({ delays: { first: 1_500 } });
    const build = startJaunt(project.root, ["build", "--json"]);
    await waitFor(() => server.requests.some(({ key }) => key === "first"), waiting);
    await project.remove("src/one/first.jaunt.ts");
    const result = await build.finished;
    expect([0, 3]).toContain(result.exitCode);
    expect(result.json()).toMatchObject({ schema: "jaunt.build/1" });
    expect(await states(project.root)).toMatchObject({ "src/one/first": "orphaned", "src/two/second": "current" });
  });

  test("a file of types that vanishes: the reply is not blamed, not asked for again, and good once the file is back", async () => {
    const { project, server } = await open({ delays: { second: 1_500 } });
    const build = startJaunt(project.root, ["build", "--json"]);
    await waitFor(() => server.requests.some(({ key }) => key === "second"), waiting);
    const types = await project.read("src/types.ts");
    await project.remove("src/types.ts");
    const result = await build.finished;
    expect(result.exitCode).toBe(3);
    expect(result.json()).toMatchObject({
      generated: ["src/one/first"],
      failed: [
        { module: "src/third", outcome: "blocked" },
        { module: "src/two/second", outcome: "failed", attempts: 1, message: expect.stringContaining("types.js") },
      ],
    });
    await project.write("src/types.ts", types);
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect(server.requests.filter(({ key }) => key === "second")).toHaveLength(1);
  });

  test("a generated file that vanishes: its dependent is not blamed, and the next build makes both", async () => {
    const { project, server } = await open({ delays: { third: 1_500 } });
    const build = startJaunt(project.root, ["build", "--json"]);
    await waitFor(() => server.requests.some(({ key }) => key === "third"), waiting);
    await project.remove("src/one/__generated__/first.ts");
    const result = await build.finished;
    expect(result.exitCode).toBe(3);
    expect(result.json()).toMatchObject({ failed: [{ module: "src/third", attempts: 1 }] });
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect(server.requests.map(({ key }) => key).toSorted()).toEqual(["first", "second", "third"]);
  });
});

describe("what a killed build left behind", () => {
  const left = [
    "src/one/__generated__/first.ts.999999999.jaunt-tmp",
    "src/one/first.ts.999999999.jaunt-tmp",
    ".jaunt/failed/src/one/first.md.999999999.jaunt-tmp",
    ".jaunt/cache/summary.json.999999999.jaunt-tmp",
    ".jaunt/cache/analysis.txt.0a1b2c3d.999999999.jaunt-tmp",
  ];

  test("is no part of the project for status, check and clean, and the next build sweeps it", async () => {
    const { project } = await open();
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    const status = (await runJaunt(project.root, ["status", "--json"])).json();
    const whole = await project.read("src/one/__generated__/first.ts");
    for (const path of left) await project.write(path, whole.slice(0, 700));
    expect((await runJaunt(project.root, ["status", "--json"])).json()).toEqual({
      ...(status as object),
      duration_seconds: expect.anything(),
    });
    expect((await runJaunt(project.root, ["check"])).exitCode).toBe(0);
    expect((await runJaunt(project.root, ["clean", "--dry-run"])).stdout).not.toContain("jaunt-tmp");
    expect(await project.list()).toEqual(expect.arrayContaining(left));
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect((await project.list()).filter((path) => path.endsWith("jaunt-tmp"))).toEqual([]);
  });

  test("of a process that is alive, the next build leaves", async () => {
    const { project } = await open();
    const path = `src/one/first.ts.${String(process.pid)}.jaunt-tmp`;
    await project.write(path, "");
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect(project.exists(path)).toBe(true);
  });

  test.each(["summary.json", "analysis.txt"])("a half-written %s is never trusted", async (name) => {
    const { project } = await open();
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    const before = await states(project.root);
    const whole = await project.read(`.jaunt/cache/${name}`);
    for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
      await project.write(`.jaunt/cache/${name}`, whole.slice(0, Math.floor(whole.length * part)));
      if (name === "analysis.txt") await project.remove(".jaunt/cache/summary.json");
      expect(await states(project.root), `${String(part)} of it`).toEqual(before);
    }
  });
});

async function built(project: SmallProject["project"], path: string): Promise<void> {
  await waitFor(async () => project.exists(path) && (await project.read(path)).includes("kind=build"), waiting);
}

const waiting = { timeoutMs: 20_000 };
