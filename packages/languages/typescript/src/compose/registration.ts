import type { Layout } from "@jaunt/core";
import type { SyntaxNode } from "../syntax/walk.ts";
import type { Code } from "./implementation.ts";
import type { SpecFile } from "./spec-file.ts";

/** Generated tests with a line for each that hands it to the project's runner, under the name of its spec. */
export function withRegistration(file: SpecFile, code: Code, { testRunner }: Pick<Layout, "testRunner">): Code {
  const local = freeName(`${code.text}\n${file.parsed.text}`);
  // Runners pass something on to what they call; a test takes nothing.
  const lines = file.module.specs.map(({ name }) => `${local}(${JSON.stringify(name)}, () => ${name}());`);
  return {
    text: `${code.text}\n\n${lines.join("\n")}`,
    imports: [...code.imports, { local, imported: "test", specifier: testRunner, typeOnly: false, attributes: "" }],
  };
}

/** Whether a statement of a generated test file is such a line. */
export function isRegistration({ type, start, end }: SyntaxNode, text: string): boolean {
  return type === "ExpressionStatement" && /^jauntTest\d*\("/.test(text.slice(start, end));
}

function freeName(text: string): string {
  const taken = new Set(text.match(/\bjauntTest\d*\b/g));
  let name = "jauntTest";
  for (let number = 2; taken.has(name); number += 1) name = `jauntTest${String(number)}`;
  return name;
}
