import {
  createTemporaryProject,
  runJaunt,
  startScriptedServer,
  type ProcessResult,
  type ScriptedAnswer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

/** Two modules of code, of which `report` needs `email`, tests of both, and tests of hand-written code. */
export const files: Readonly<Record<string, string>> = {
  "src/email.jaunt.ts": `export class EmailError extends Error {}

/**
 * The domain of an address in lower case: what follows its last "@".
 * @throws {EmailError} when there is no "@"
 * @example domainOf("Ann@Example.COM") // => "example.com"
 */
export declare function domainOf(address: string): string;
`,
  "src/report.jaunt.ts": `import { domainOf } from "./email.js";

/** How many of the addresses have the domain, by {@link domainOf}. */
export declare function countDomain(addresses: readonly string[], domain: string): number;
`,
  "src/slug.ts": `/** Lower case, and dashes for spaces. */
export function slug(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}
`,
  "tests/email.jaunt.ts": `import { test } from "@jaunt/spec";
import { domainOf, EmailError } from "../src/email.js";

/** The part behind the last "@" comes back in lower case. */
export function findsTheDomain(): void {
  test(domainOf);
}

/** Without "@" it throws an EmailError. */
export function rejectsWhatIsNoAddress(): void {
  test(domainOf, EmailError);
}
`,
  "tests/report.jaunt.ts": `import { test } from "@jaunt/spec";
import { countDomain } from "../src/report.js";

/** Counts addresses of one domain, whatever their case. */
export async function countsWhateverTheCase(): Promise<void> {
  test(countDomain);
}
`,
  "tests/slug.jaunt.ts": `import { slug } from "../src/slug.js";

/** A title becomes a slug. {@link slug} */
export declare function makesSlugs(): void;
`,
};

/** Bodies that only the prompt of nobody may hold: each names its own secret. */
export const replies: Readonly<Record<string, string>> = {
  "src/email": `export function domainOf(address: string): string {
  const bodyOfEmail = address.lastIndexOf("@");
  if (bodyOfEmail === -1) throw new EmailError(address);
  return address.slice(bodyOfEmail + 1).toLowerCase();
}`,
  "src/report": `export function countDomain(addresses: readonly string[], domain: string): number {
  const bodyOfReport = addresses.filter((address) => domainOf(address) === domain);
  return bodyOfReport.length;
}`,
  "tests/email": `import assert from "node:assert/strict";

export function findsTheDomain(): void {
  const bodyOfTest = "a@b@C.org";
  assert.equal(domainOf(bodyOfTest), "c.org");
}

export function rejectsWhatIsNoAddress(): void {
  throwsOn("no address");
}

function throwsOn(address: string): void {
  assert.throws(() => domainOf(address), EmailError);
}`,
  "tests/report": `import assert from "node:assert/strict";

export async function countsWhateverTheCase(): Promise<void> {
  assert.equal(countDomain(["a@X.org", "b@x.org", "c@y.org"], "x.org"), 2);
}`,
  "tests/slug": `import { equal } from "node:assert/strict";

export function makesSlugs(): void {
  equal(slug("A Title"), "a-title");
}`,
};

export interface TestedProjectOptions {
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly replies?: Readonly<Record<string, string>>;
  readonly runner?: "vitest" | "node:test";
  /** Of `[llm]`, without `provider = "replay"`. */
  readonly llm?: string;
  /** Further tables of jaunt.toml. */
  readonly config?: string;
  readonly packages?: readonly string[];
}

/** The project, with recordings of all replies unless `llm` says otherwise. The caller removes it. */
export function createTestedProject(options: TestedProjectOptions = {}): Promise<TemporaryProject> {
  const { runner = "node:test", llm = 'provider = "replay"\n', config = "" } = options;
  const all = {
    "jaunt.toml": `version = 1\n[llm]\n${llm}[test]\nrunner = "${runner}"\n${config}`,
    "package.json": '{ "type": "module", "devDependencies": { "vitest": "*" } }',
    "tsconfig.json": tsconfig({ rootDir: "." }, { include: ["src", "tests"] }),
    ...files,
    ...recordings({ ...replies, ...options.replies }),
    ...options.files,
  };
  const written = Object.entries(all).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]));
  return createTemporaryProject(Object.fromEntries(written) as Record<string, string>, {
    nodeModules: options.packages ?? ["@jaunt/spec", "@types/node", "typescript", "vitest"],
  });
}

/** The same, asking a scripted server, whose requests go by module. */
export async function createServedProject(
  script: Readonly<Record<string, string | ScriptedAnswer | readonly (string | ScriptedAnswer)[]>> = {},
  options: TestedProjectOptions = {},
): Promise<{
  readonly project: TemporaryProject;
  readonly server: Awaited<ReturnType<typeof startScriptedServer>>;
}> {
  const answers = Object.fromEntries(Object.entries(replies).map(([id, text]) => [id, fenced(text)]));
  const server = await startScriptedServer(
    { ...answers, ...script },
    { match: (body) => /# Module `([^`]+)`/.exec(promptOf(body))?.[1] ?? "*" },
  );
  const llm = `provider = "litellm"\nmodel = "scripted"\nbase_url = "${server.url}"\n`;
  return { server, project: await createTestedProject({ ...options, llm }) };
}

/** All messages of a request's body, in one text. */
export function promptOf(body: string): string {
  const { messages } = JSON.parse(body) as { readonly messages: readonly { readonly content: unknown }[] };
  return messages
    .map(({ content }) =>
      typeof content === "string"
        ? content
        : (content as readonly { readonly text?: string }[]).map(({ text = "" }) => text).join("\n"),
    )
    .join("\n");
}

/** A reply in the fence that is asked for. */
export function fenced(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\`\n`;
}

const key = { LITELLM_API_KEY: "sk-test" };

/** Runs the binary with a key for the scripted server. */
export function jaunt(project: TemporaryProject, ...args: readonly string[]): Promise<ProcessResult> {
  return runJaunt(project.root, args, { env: { ...key, NO_COLOR: "1" } });
}

/** Runs the binary with `--json`; gives its exit code and its one document. */
export async function jauntJson(
  project: TemporaryProject,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly report: Record<string, unknown> & { readonly command: string } }> {
  const result = await jaunt(project, ...insertJson(args));
  return { code: result.exitCode, report: JSON.parse(result.stdout) as never };
}

function insertJson(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end === -1 ? [...args, "--json"] : [...args.slice(0, end), "--json", ...args.slice(end)];
}
