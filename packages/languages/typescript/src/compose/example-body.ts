import { parseSource } from "../syntax/parse-source.ts";
import type { RunnableExample } from "../verify/read-case.ts";
import { patternNames } from "./spec-file.ts";
import { freeNames } from "./references.ts";
import { nodesIn } from "../syntax/walk.ts";

/** What the parts of a test file are called in it. */
export interface RunnerNames {
  readonly test: string;
  readonly assert: string;
  readonly fc: string;
  readonly format: string;
  readonly error: string;
  readonly context: string;
  readonly report: string;
}

/** A test that an example holds, judged as the sandbox judges it. */
export function exampleBody(
  example: RunnableExample,
  title: string,
  names: RunnerNames,
  isSync: (expression: string) => boolean,
): string {
  const sync = isSync(example.call) && !isAwaiting(example);
  const lines = [...setupLines(example), ...assertion(example, names, sync)];
  const indented = lines.map((line) => indent(line)).join("\n");
  return `${names.test}(${title}, ${sync ? "" : "async "}() => {\n${indented}\n});\n`;
}

/** Moves the lines of code by two columns, but for those inside of a template. */
function indent(code: string): string {
  return code.includes("`") ? `  ${code}` : code.replaceAll(/^(?=.)/gm, "  ");
}

function isAwaiting({ setup, call, expected = "" }: RunnableExample): boolean {
  return /\bawait\b/.test([...setup, call, expected].join("\n"));
}

/** Statements before the call; a name that only they declare would be an unused one. */
function setupLines({ setup, call, expected = "" }: RunnableExample): readonly string[] {
  return setup.flatMap((statement, index) => {
    const rest = [...setup.slice(index + 1), `(${call}\n)`, `(${expected === "" ? "0" : expected}\n)`].join("\n;\n");
    const used = freeNames(parseSource("rest.tsx", rest).body);
    const [declaration] = parseSource("statement.tsx", statement).body;
    const declarators = nodesIn(declaration?.["declarations"]);
    const unused = declarators.flatMap((each) => patternNames(each["id"])).filter((name) => !used.has(name));
    const [only] = declarators;
    const init = nodesIn(only?.["init"])[0];
    if (
      declarators.length === 1 &&
      unused.length === 1 &&
      nodesIn(only?.["id"])[0]?.type === "Identifier" &&
      init !== undefined
    )
      return [`void ${inParentheses(statement.slice(init.start, init.end))};`];
    const whole = /[;}]$/.test(statement) ? statement : `${statement};`;
    return [whole, ...unused.map((name) => `void ${name};`)];
  });
}

function inParentheses(code: string): string {
  return /^(?:new\s+)?[\w$.]+\(/.test(code) && !code.includes("=>") ? code : `(${code})`;
}

function assertion(example: RunnableExample, names: RunnerNames, sync: boolean): readonly string[] {
  const { call } = example;
  const expected = onOneLine(example.expected ?? "undefined");
  const { assert } = names;
  const { kind, value } = example.case.expectation;
  const called = sync ? call : `await ${awaitable(call)}`;
  if (kind === "throws") {
    const matcher = matcherOf(example, names);
    return sync
      ? [`${assert}.throws(() => ${asBody(call)}${matcher});`]
      : [`await ${assert}.rejects(async () => ${asBody(call)}${matcher});`];
  }
  if (kind === "rejects") {
    const block = example.awaits ? `async () => ${asBody(call)}` : `() => ${asBody(call)}`;
    return [`await ${assert}.rejects(${block}${matcherOf(example, names)});`];
  }
  if (kind === "prints")
    return [
      `const printed = ${called};`,
      `if (${names.format}(printed) !== ${JSON.stringify(value)}) ${assert}.deepEqual(printed, ${expected});`,
    ];
  return [`${assert}.deepEqual(${called}, ${expected});`];
}

/** A value that was written over several lines has lost its indentation. */
function onOneLine(code: string): string {
  return /["'`]|\/\//.test(code) || code.length > 100
    ? code
    : code
        .replaceAll(/\s*\n\s*/g, " ")
        .replaceAll(/,? ([\])}])/g, " $1")
        .replaceAll(/([[(]) | (?=[\])])/g, "$1");
}

/** Without `await` of its own, so that it is not awaited twice. */
function awaitable(call: string): string {
  const own = /^await\s+([^]*)$/.exec(call)?.[1] ?? call;
  return /^(?:new\s+)?[\w$.]+\([^()]*\)$/.test(own) ? own : `(${own})`;
}

function asBody(call: string): string {
  return /^\s*\{/.test(call) ? `(${call})` : call;
}

/** The second argument of `throws` and `rejects`; empty when any error will do. */
function matcherOf({ thrown, expected }: RunnableExample, { error }: RunnerNames): string {
  const { name, message, open } = thrown ?? {};
  if (name === undefined && message === undefined) return "";
  const last = JSON.stringify(name?.slice(name.lastIndexOf(".") + 1) ?? "");
  const isInstance = expected === undefined ? "false" : `caught instanceof ${expected}`;
  const wanted = JSON.stringify(message ?? "");
  const hasMessage =
    message === undefined
      ? "() => true"
      : open === true
        ? `(text) => text.startsWith(${wanted})`
        : `(text) => text === ${wanted}`;
  return `, (caught: unknown) => ${error}(caught, ${last}, ${isInstance}, ${hasMessage})`;
}
