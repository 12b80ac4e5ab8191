import type { Diagnostic } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "./diagnostic.ts";
import { createView, type View } from "./view.ts";

const text = 'import { x } from "./x.js";\r\n\texport declare function f(a: number): strin;\r\n';
const problem: Diagnostic = {
  code: "types/2552",
  severity: "error",
  message: "Cannot find name 'strin'.",
  file: "src/a.jaunt.ts",
  start: { line: 2, column: 40, offset: 67 },
  end: { line: 2, column: 45, offset: 72 },
  hint: "Did you mean 'string'?",
};

function view(changes: Partial<View> = {}): View {
  return { ...createView({ color: false, width: 100, verbose: false, readText: () => text }), ...changes };
}

describe("a diagnostic", () => {
  test("shows place, severity, code, message, the source with the place underlined, and what to do", () => {
    expect(renderDiagnostics([problem], view())).toBe(
      [
        "src/a.jaunt.ts:2:40 error types/2552: Cannot find name 'strin'.",
        "  |",
        "2 |   export declare function f(a: number): strin;",
        "  |                                         ^^^^^",
        "  hint: Did you mean 'string'?",
      ].join("\n"),
    );
  });

  test("goes without a frame when the file cannot be read or is shorter now", () => {
    for (const readText of [() => undefined, () => "one line"]) {
      expect(renderDiagnostics([problem], view({ readText }))).toBe(
        "src/a.jaunt.ts:2:40 error types/2552: Cannot find name 'strin'.\n  hint: Did you mean 'string'?",
      );
    }
  });

  test("over several lines is underlined to the end of its first", () => {
    const rendered = renderDiagnostics([{ ...problem, end: { line: 9, column: 1, offset: 99 } }], view());
    expect(rendered).toContain("                                         ^^^^^^");
  });

  test("in a minified line shows the part around it", () => {
    const line = `${"a;".repeat(5000)}BAD;${"b;".repeat(5000)}`;
    const start = { line: 1, column: 10_001, offset: 10_000 };
    const end = { line: 1, column: 10_004, offset: 10_003 };
    const lines = renderDiagnostics([{ ...problem, start, end }], view({ width: 80, readText: () => line })).split(
      "\n",
    );
    const [source = "", underline = ""] = [lines[2], lines[3]];
    expect(source.length).toBeLessThanOrEqual(82);
    expect(source.slice(underline.indexOf("^"), underline.indexOf("^") + 3)).toBe("BAD");
  });

  test("without a file is still a diagnostic", () => {
    expect(renderDiagnostics([{ code: "graph/cycle", severity: "warning", message: "a -> b" }], view())).toBe(
      "warning graph/cycle: a -> b",
    );
  });

  test("cannot move the cursor, colour, ring or reorder: it is data", () => {
    const evil = "\u001b[2J\u001b]0;title\u0007red\u001b[31m \u202egnp.exe\u0000\r\u009b2J";
    const rendered = renderDiagnostics(
      [{ ...problem, message: evil, hint: evil, code: evil, file: evil }],
      view({ readText: () => `\n${evil.repeat(9)}` }),
    );
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(rendered).toContain("red");
  });

  test("with text that looks like markup keeps it", () => {
    expect(renderDiagnostics([{ ...problem, message: "[/x] %s {{y}} <b>" }], view())).toContain("[/x] %s {{y}} <b>");
  });
});

describe("many diagnostics", () => {
  test("that are equal are shown once, with a count", () => {
    const rendered = renderDiagnostics(
      [problem, problem, { ...problem, message: "Other." }],
      view({ readText: () => undefined }),
    );
    expect(rendered).toContain("Cannot find name 'strin'. (2 times)");
    expect(rendered.match(/types\/2552/g)).toHaveLength(2);
  });

  test("are cut after fifty, unless all are wanted", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...problem, message: `Problem ${String(index)}.` }));
    expect(renderDiagnostics(many, view())).toContain("… and 10 more problems");
    expect(renderDiagnostics(many, view({ verbose: true }))).toContain("Problem 59.");
  });

  test("on names that lead nowhere are for --verbose, advice is for everybody", () => {
    const note: Diagnostic = { code: "graph/unresolved", severity: "info", message: "x is not resolved" };
    const advice: Diagnostic = { code: "advice/needs", severity: "info", message: "The model missed something." };
    expect(renderDiagnostics([note, advice], view())).toBe("info advice/needs: The model missed something.");
    expect(renderDiagnostics([note, advice], view({ verbose: true }))).toContain("info graph/unresolved");
  });
});
