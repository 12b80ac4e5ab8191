import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject, type ToyReply } from "../__fixtures__/toy-project.ts";
import type { BuildReport } from "../reports.ts";

const good = fenced("fn a(number) = 1");
const wrongSignature = fenced("fn a(text) = 1");

let toy: ToyProject;
beforeEach(() => {
  toy = createToyProject({ "src/a.toy": "spec a(number) -- Alone.\n" });
});
afterEach(() => toy.remove());

async function buildWith(...replies: readonly ToyReply[]): Promise<BuildReport> {
  for (const [index, reply] of replies.entries()) toy.replies[`src/a ${index + 1}`] = reply;
  return (await toy.open()).build();
}

const lastPrompt = (): string =>
  toy.calls
    .at(-1)
    ?.prompt.map(({ text }) => text)
    .join("\n") ?? "";

test("a reply that fails a check is asked for again, with its errors and its text", async () => {
  const report = await buildWith(wrongSignature, good);
  expect(report).toMatchObject({ generated: ["src/a"], calls: 2, usage: { input: 200, output: 20 } });
  expect(lastPrompt()).toContain("a has another signature.");
  expect(lastPrompt()).toContain("fn a(text) = 1");
  expect(toy.calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
});

test("attempts are bounded by the config", async () => {
  toy.write("jaunt.toml", `${toy.read("jaunt.toml")}[build]\nmax_attempts = 2\n`);
  const report = await buildWith(wrongSignature, "prose", good);
  expect(report.failed).toMatchObject([
    { attempts: 2, message: expect.stringContaining("after 2 attempts.") as string },
  ]);
});

test("a reply that repeats the errors of the last ends it early", async () => {
  const report = await buildWith(wrongSignature, wrongSignature.replace("= 1", "= 2"), good);
  expect(report.failed).toMatchObject([
    { attempts: 2, message: expect.stringContaining("repeated the same errors") as string },
  ]);
});

test("other errors than the last time are another chance", async () => {
  expect(await buildWith(wrongSignature, fenced("fn b() = 1"), good)).toMatchObject({ generated: ["src/a"], calls: 3 });
});

describe("a reply that was cut off", () => {
  test("is asked for again with twice the room, and its half is never shown to the model", async () => {
    expect(await buildWith({ text: "```ts\nfn a(num", finish: "length" }, good)).toMatchObject({
      generated: ["src/a"],
      calls: 2,
    });
    const [first, second] = toy.calls;
    expect(second?.maxOutputTokens).toBe((first?.maxOutputTokens ?? 0) * 2);
    expect(second?.prompt).toEqual(first?.prompt);
  });

  test("is a failure when it never fits", async () => {
    const cut = { text: "x", finish: "length" } as const;
    expect((await buildWith(cut, cut, cut)).failed).toMatchObject([{ diagnostics: [{ code: "reply/truncated" }] }]);
  });
});

test("a refusal is final", async () => {
  const report = await buildWith({ text: "", finish: "refusal", finishDetail: "policy" }, good);
  expect(report.failed).toMatchObject([
    { attempts: 1, message: expect.stringContaining("refused to answer: policy") as string },
  ]);
});

test("an error of the provider is no attempt at repair, and says what happened", async () => {
  const report = await buildWith({ kind: "context-overflow", hint: "Shorten it." }, good);
  expect(report.failed).toMatchObject([
    { attempts: 1, diagnostics: [{ code: "backend/context-overflow", hint: "Shorten it." }] },
  ]);
});

test("what the model missed is taken out and reported", async () => {
  const report = await buildWith(fenced("// jaunt:needs rounding: sums drift\nfn a(number) = 1"));
  expect(report.diagnostics).toMatchObject([
    { code: "advice/needs", severity: "info", message: expect.stringContaining("rounding: sums drift") as string },
  ]);
  expect(toy.read("src/__generated__/a.out")).not.toContain("jaunt:needs");
});

test("every attempt is told of, with what it cost", async () => {
  await buildWith(wrongSignature, good);
  const ends = toy.events.filter((event) => event.type === "attempt-end");
  expect(ends.map(({ attempt, accepted, cached, usage }) => [attempt, accepted, cached, usage.input])).toEqual([
    [1, false, false, 100],
    [2, true, false, 100],
  ]);
  expect(ends[0]?.diagnostics).toMatchObject([{ code: "conformance/signature", start: { line: 1 } }]);
});

describe("the prompt", () => {
  test("holds the contract and the source of a dependency, and what is common is byte-equal for all modules", async () => {
    toy.write("src/b.toy", "use ./a a\nspec b(number) -- Uses {@link a}.\n");
    toy.write("src/special.toy", "spec s(number) -- Other rules.\n");
    Object.assign(toy.replies, {
      "src/a": good,
      "src/b": fenced("fn b(number) = a@number"),
      "src/special": fenced("fn s(number) = 1"),
    });
    await (await toy.open()).build();
    const prompts = new Map(toy.calls.map(({ label, prompt }) => [label, prompt]));
    const text = (label: string): string =>
      prompts
        .get(label)
        ?.map((part) => part.text)
        .join("\n") ?? "";
    for (const part of ["Alone.", "a(number)", "fn a(number) = 1"]) expect(text("src/b")).toContain(part);
    expect(text("src/special")).not.toContain("Alone.");
    expect(text("src/special")).toContain("Be special.");
    expect(text("src/b")).not.toContain("Be special.");
    const shared = [...prompts.values()].map((parts) => parts.filter(({ stability }) => stability === "project"));
    expect(new Set(shared.map((parts) => JSON.stringify(parts))).size).toBe(1);
    // Where a provider's cache ends: nothing that is common comes behind what is not.
    for (const parts of prompts.values()) {
      const order = parts.map(({ stability }) => ["project", "module", "attempt"].indexOf(stability));
      expect(order).toEqual(order.toSorted());
    }
  });

  test("shows the types that signatures reach, and the previous body when the spec changed", async () => {
    toy.write("src/a.toy", "use ./types Amount\nspec a(Amount) -- Alone.\n");
    toy.write("src/types.types", "type Amount = number\n");
    await buildWith(fenced("fn a(Amount) = 1"));
    expect(lastPrompt()).toContain("type Amount = number");
    expect(lastPrompt()).not.toContain("fn a(Amount) = 1");
    toy.write("src/a.toy", "use ./types Amount\nspec a(Amount) -- By itself.\n");
    await buildWith(fenced("fn a(Amount) = 2"));
    expect(lastPrompt()).toContain("fn a(Amount) = 1");
    expect(lastPrompt()).not.toContain("jaunt:module_digest");
  });

  test("leaves the source of a dependency out where the config says so", async () => {
    toy.write("jaunt.toml", `${toy.read("jaunt.toml")}[build]\ndependency_context = "api"\n`);
    toy.write("src/b.toy", "use ./a a\nspec b(number) -- Uses {@link a}.\n");
    Object.assign(toy.replies, { "src/a": good, "src/b": fenced("fn b(number) = a@number") });
    await (await toy.open()).build();
    expect(lastPrompt()).toContain("Alone.");
    expect(lastPrompt()).not.toContain("fn a(number) = 1");
  });
});
