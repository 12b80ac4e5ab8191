import { expect, test as example } from "vitest";
import { JauntNotBuiltError, magic, test } from "./index.ts";

function parseEmail(): void {}
function join(): void {}

example.each([
  ["magic", magic],
  ["test", test],
])("%s throws until the spec is built, and says what to do", (_name, marker) => {
  expect(() => marker()).toThrow(JauntNotBuiltError);
  expect(() => marker()).toThrow(
    "This spec has no implementation yet: run `jaunt build` and import the facade, not the .jaunt file.",
  );
});

example("inputs that are functions tell which spec it was", () => {
  expect(() => magic("raw", 7, parseEmail, join)).toThrow(
    "The spec that uses parseEmail, join has no implementation yet",
  );
});

example("inputs without a name do not confuse the message", () => {
  expect(() => magic(undefined, null, {}, [], () => 1, Symbol("x"))).toThrow(/^This spec has/);
});

example("the error is an Error with its own name and can name its spec", () => {
  const error = new JauntNotBuiltError("src/email:parseEmail");

  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("JauntNotBuiltError");
  expect(error.message).toMatch(/^src\/email:parseEmail has no implementation yet/);
});

example("both markers satisfy any return type, so that a stub needs no cast", () => {
  const numberFrom = (text: string): number => magic(text);
  const promiseFrom = async (text: string): Promise<string> => magic(text);

  expect(() => numberFrom("1")).toThrow(JauntNotBuiltError);
  return expect(promiseFrom("1")).rejects.toThrow(JauntNotBuiltError);
});
