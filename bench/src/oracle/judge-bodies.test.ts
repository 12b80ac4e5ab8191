import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readOracle } from "./corpus.ts";
import { judgeBodies } from "./judge-bodies.ts";

const specs = readOracle(fileURLToPath(new URL("../../oracle", import.meta.url)));

test("every known good body of the corpus is accepted by its spec", async () => {
  const verdicts = await judgeBodies(
    specs.map(({ spec, right }) => ({ spec, body: right })),
    new Map(),
  );
  const refused = verdicts.flatMap(({ accepted, errors }, index) =>
    accepted ? [] : [`${specs[index]?.id ?? ""}: ${errors[0]?.message ?? "no error"}`],
  );
  expect(refused).toEqual([]);
  expect(verdicts.length).toBeGreaterThanOrEqual(60);
});

test("most bodies that a model got wrong are rejected, though nearly all of them compile", async () => {
  const cases = specs.flatMap(({ spec, wrong }) => wrong.map((body) => ({ spec, body })));
  const verdicts = await judgeBodies(cases, new Map());
  const by = (rung: "types" | "examples" | "properties"): number =>
    verdicts.filter(({ rejectedBy }) => rejectedBy.includes(rung)).length;
  expect([cases.length, by("types")]).toEqual([42, 1]);
  expect(by("examples")).toBeGreaterThanOrEqual(38);
  expect(by("properties")).toBeGreaterThanOrEqual(28);
  expect(verdicts.filter(({ accepted }) => accepted).length).toBeLessThanOrEqual(3);
});
