import type { ScriptedAnswer } from "@jaunt/testkit";
import { tsconfig } from "../e2e/fixture.ts";

/** One module: what it needs, and whether its first reply is wrong. */
interface Shape {
  readonly name: string;
  readonly needs: readonly string[];
  readonly repaired: boolean;
}

const wrong = "not a number";
const repairedModules: ReadonlySet<string> = new Set(["m03", "m12", "m22", "m33"]);

/** Chains, fans, and modules that stand alone: 40 in all, four of which need a second reply. */
export const shapes: readonly Shape[] = [
  ...chain(0, 7, []),
  ...fan(8, 18, "m08"),
  shape(19, range(9, 18).map(nameOf)),
  ...range(20, 25).map((index) => shape(index, ["m19", "m07"])),
  ...chain(26, 31, ["m08"]),
  ...range(32, 37).map((index) => shape(index, [])),
  shape(38, ["m31", "m25"]),
  shape(39, ["m38", "m32"]),
];

/** How many replies an undisturbed build needs. */
export const repliesNeeded: number = shapes.length + shapes.filter(({ repaired }) => repaired).length;

/** The project's files by path, for a server at `url`. */
export function projectFiles(url: string): Readonly<Record<string, string>> {
  return {
    "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "litellm"\nmodel = "scripted-model"\nbase_url = "${url}"\n`,
    "package.json": '{ "name": "forty", "private": true, "type": "module" }',
    "tsconfig.json": tsconfig(),
    ...Object.fromEntries(shapes.map((each) => [`src/${each.name}.jaunt.ts`, specOf(each)])),
  };
}

/** Every reply by its key, `m07#1` being the first for that module; each waits as long as `delayMs` says. */
export function replies(delayMs: () => number): Readonly<Record<string, ScriptedAnswer>> {
  return Object.fromEntries(
    shapes.flatMap((each) => {
      const right = replyOf(each, each.repaired ? 2 : 1, expressionOf(each));
      const answers = each.repaired ? [replyOf(each, 1, `"${wrong}"`), right] : [right];
      return answers.map((text, index) => [
        `${each.name}#${String(index + 1)}`,
        { text, chunkSize: 400, delayMs: delayMs() },
      ]);
    }),
  );
}

/** The key of a request: the module that its prompt names last, and whether it shows a wrong reply. */
export function keyOfRequest(body: string): string {
  const { messages } = JSON.parse(body) as { readonly messages: readonly { readonly content: string }[] };
  const prompt = messages.map(({ content }) => content).join("\n");
  const module = [...prompt.matchAll(/src\/(m\d\d)\.jaunt\.ts/g)].at(-1)?.[1] ?? "";
  return `${module}#${prompt.includes(wrong) ? "2" : "1"}`;
}

/** The key that a reply's own text names. */
export function keyOfReply(text: string): string {
  return /^Reply (m\d\d#\d)/.exec(text)?.[1] ?? "";
}

function shape(index: number, needs: readonly string[]): Shape {
  const name = nameOf(index);
  return { name, needs, repaired: repairedModules.has(name) };
}

function chain(from: number, to: number, first: readonly string[]): readonly Shape[] {
  return range(from, to).map((index) => shape(index, index === from ? first : [nameOf(index - 1)]));
}

function fan(hub: number, to: number, need: string): readonly Shape[] {
  return [shape(hub, []), ...range(hub + 1, to).map((index) => shape(index, [need]))];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function nameOf(index: number): string {
  return `m${String(index).padStart(2, "0")}`;
}

function specOf({ name, needs }: Shape): string {
  const imports = needs.map((need) => `import { ${need} } from "./${need}.js";\n`).join("");
  const links = needs.map((need) => ` Uses {@link ${need}}.`).join("");
  return `${imports}\n/** Number ${name.slice(1)} plus the sum of what it uses.${links} */\nexport declare function ${name}(n: number): number;\n`;
}

function expressionOf({ name, needs }: Shape): string {
  return [`n + ${String(Number(name.slice(1)))}`, ...needs.map((need) => `${need}(n)`)].join(" + ");
}

/** Long enough that a file which is not replaced in one step would be seen half written. */
function replyOf({ name }: Shape, number: number, expression: string): string {
  const remarks = Array.from({ length: 200 }, (_, line) => `  // ${name}, line ${String(line)} of a long remark`);
  return `Reply ${name}#${String(number)}\n\n\`\`\`ts\nexport function ${name}(n: number): number {\n${remarks.join("\n")}\n  return ${expression};\n}\n\`\`\`\n`;
}
