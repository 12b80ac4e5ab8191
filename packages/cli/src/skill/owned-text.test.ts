import { expect, test } from "vitest";
import { isUntouched, withMark } from "./owned-text.ts";

test.each(["SKILL.md", "jaunt.mdc", "slug.jaunt.ts", "jaunt.toml"])(
  "%s says that it is ours, without a version or a time",
  (path) => {
    const text = withMark("Words.\n", path);
    expect(text).toMatch(/^Words\.\n\n(?:<!-- |\/\/ |# )jaunt:export sha256:[0-9a-f]{16}(?: -->)?\n$/);
    expect(withMark("Words.\n", path)).toBe(text);
    expect(isUntouched(text)).toBe(true);
  },
);

const text = withMark("One.\nTwo.\n", "SKILL.md");
test.each([
  ["as it was", text, true],
  ["with other line ends, as a checkout may give them", text.replaceAll("\n", "\r\n"), true],
  ["with a word changed", text.replace("Two", "2"), false],
  ["with a line below the mark", `${text}Mine.\n`, false],
  ["without the mark", "One.\nTwo.\n", false],
  ["with a mark made up", text.replace(/sha256:\w+/, "sha256:0123456789abcdef"), false],
  ["empty", "", false],
])("a file %s: untouched is %j", (_name, found, untouched) => {
  expect(isUntouched(found)).toBe(untouched);
});
