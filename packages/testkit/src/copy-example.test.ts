import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyExample, repositoryRoot } from "./index.ts";

test("an example is copied whole, with its packages linked and without what tools left in it", async () => {
  const project = await copyExample("quickstart");
  onTestFinished(() => project.remove());
  const original = await readFile(join(repositoryRoot(), "examples/quickstart/jaunt.toml"), "utf8");

  expect(await project.read("jaunt.toml")).toBe(original);
  expect(project.exists("node_modules/typescript/package.json")).toBe(true);
  expect((await project.list()).some((path) => path.startsWith(".jaunt/"))).toBe(false);
});

test("an unknown example is an error", async () => {
  await expect(copyExample("nowhere")).rejects.toThrow("There is no example nowhere");
});
