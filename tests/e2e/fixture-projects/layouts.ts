import { compileAndRun, strictFlags, tsconfig, type Command, type Fixture } from "../fixture.ts";

const bundleAndRun: readonly Command[] = [
  { argv: ["tsc", "-p", ".", "--noEmit"] },
  {
    argv: [
      "esbuild",
      "src/main.ts",
      "--bundle",
      "--platform=node",
      "--format=esm",
      "--outfile=dist/main.mjs",
      "--log-level=error",
    ],
  },
  { argv: ["node", "dist/main.mjs"] },
];

const greetSpec = `/** \`Hello, NAME!\` @example greet("Ann") // => "Hello, Ann!" */
export declare function greet(name: string): string;
`;
const greetReply = "export function greet(name: string): string {\n  return `Hello, ${name}!`;\n}";

export const pathAliases: Fixture = {
  name: "path aliases of the tsconfig",
  files: {
    "tsconfig.json": tsconfig({
      module: "esnext",
      moduleResolution: "bundler",
      paths: { "@/*": ["./src/*"], "~greet": ["./src/people/greet.ts"] },
    }),
    "src/people/greet.jaunt.ts": greetSpec,
    "src/party.jaunt.ts": `import { greet } from "@/people/greet";

/** Greets everybody with {@link greet}, one line each. */
export declare function party(names: readonly string[]): string;
`,
    "src/door.jaunt.ts": `import { magic } from "@jaunt/spec";
import { greet } from "~greet";

/** Greets a visitor twice. */
export function door(name: string): string {
  return magic(name, greet);
}
`,
    "src/main.ts": `import { party } from "@/party";\nimport { door } from "./door";\nconsole.log(party(["Ann", "Bo"]));\nconsole.log(door("Cy"));\n`,
  },
  replies: {
    "src/people/greet": greetReply,
    "src/party": `export function party(names: readonly string[]): string {\n  return names.map((name) => greet(name)).join("\\n");\n}`,
    "src/door": `export function door(name: string): string {\n  return greet(name) + greet(name);\n}`,
  },
  run: bundleAndRun,
  prints: "Hello, Ann!\nHello, Bo!\nHello, Cy!Hello, Cy!\n",
};

export const solutionStyle: Fixture = {
  name: "a solution-style tsconfig, as the Vite template writes it",
  files: {
    "tsconfig.json": JSON.stringify({
      files: [],
      references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.node.json" }],
    }),
    "tsconfig.app.json": JSON.stringify({
      compilerOptions: {
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        module: "esnext",
        moduleResolution: "bundler",
        moduleDetection: "force",
        allowImportingTsExtensions: true,
        noEmit: true,
        erasableSyntaxOnly: true,
        ...strictFlags,
      },
      include: ["src"],
    }),
    "tsconfig.node.json": JSON.stringify({
      compilerOptions: {
        target: "es2022",
        lib: ["es2022"],
        types: [],
        module: "esnext",
        moduleResolution: "bundler",
        noEmit: true,
        ...strictFlags,
      },
      include: ["vite.config.ts"],
    }),
    "vite.config.ts": "export default {};\n",
    "src/greet.jaunt.ts": greetSpec,
    "src/page.jaunt.ts": `import { greet } from "./greet.ts";

/** A heading with the greeting of {@link greet}; the element type comes from the DOM library. */
export declare function heading(name: string, tag: keyof HTMLElementTagNameMap): string;
`,
    "src/main.ts": `import { heading } from "./page.ts";\nconsole.log(heading("Ann", "h1"));\n`,
  },
  replies: {
    "src/greet": greetReply,
    "src/page": `export function heading(name: string, tag: keyof HTMLElementTagNameMap): string {\n  return \`<\${tag}>\${greet(name)}</\${tag}>\`;\n}`,
  },
  run: [{ argv: ["tsc", "-b"] }, ...bundleAndRun.slice(1)],
  prints: "<h1>Hello, Ann!</h1>\n",
};

const workspacePackage = (name: string, dependencies: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({
    name,
    version: "1.0.0",
    type: "module",
    exports: { ".": { types: "./src/index.ts", default: "./dist/index.js" } },
    dependencies,
  });

export const workspace: Fixture = {
  name: "a workspace of three packages, each with its own tsconfig",
  files: {
    "package.json": JSON.stringify({ name: "root", private: true, type: "module", workspaces: ["packages/*"] }),
    "jaunt.toml": `version = 1\n[paths]\nsource_roots = ["packages/*/src"]\ntest_roots = []\n[llm]\nprovider = "replay"\n`,
    "tsconfig.json": JSON.stringify({
      files: [],
      references: [{ path: "packages/text" }, { path: "packages/people" }, { path: "packages/app" }],
    }),
    ...Object.fromEntries(
      [
        ["text", []],
        ["people", ["../text"]],
        ["app", ["../people"]],
      ].map(([name, references]) => [
        `packages/${String(name)}/tsconfig.json`,
        tsconfig(
          { composite: true, outDir: "dist" },
          { include: ["src"], references: (references as string[]).map((path) => ({ path })) },
        ),
      ]),
    ),
    "packages/text/package.json": workspacePackage("@acme/text"),
    "packages/text/src/trim.jaunt.ts": `/** Removes blanks at both ends. */\nexport declare function tidy(text: string): string;\n`,
    "packages/text/src/index.ts": `export * from "./trim.js";\n`,
    "packages/people/package.json": workspacePackage("@acme/people", { "@acme/text": "1.0.0" }),
    "packages/people/src/greet.jaunt.ts": `import { tidy } from "@acme/text";\n\n/** Greets the name after {@link tidy}. */\nexport declare function greet(name: string): string;\n`,
    "packages/people/src/index.ts": `export { greet } from "./greet.js";\n`,
    "packages/app/package.json": workspacePackage("@acme/app", { "@acme/people": "1.0.0" }),
    "packages/app/src/index.ts": `import { greet } from "@acme/people";\nconsole.log(greet("  Ann "));\n`,
    "node_modules/@acme/text": "link:packages/text",
    "node_modules/@acme/people": "link:packages/people",
  },
  replies: {
    "packages/text/src/trim": `export function tidy(text: string): string {\n  return text.trim();\n}`,
    "packages/people/src/greet": "export function greet(name: string): string {\n  return `Hello, ${tidy(name)}!`;\n}",
  },
  run: [{ argv: ["tsc", "-b"] }, { argv: ["node", "packages/app/dist/index.js"] }],
  prints: "Hello, Ann!\n",
};

export const commonjs: Fixture = {
  name: "CommonJS",
  files: {
    "package.json": JSON.stringify({ name: "old", private: true, type: "commonjs" }),
    "tsconfig.json": tsconfig({ module: "node16", verbatimModuleSyntax: false }),
    "src/greet.jaunt.ts": `export const MARK = "!";\n${greetSpec}`,
    "src/twice.jaunt.ts": `import { greet } from "./greet";\n\n/** Two greetings by {@link greet}. */\nexport declare function twice(name: string): string;\n`,
    "src/main.ts": `import { twice } from "./twice";\nconsole.log(twice("Ann"), typeof require);\n`,
  },
  replies: {
    "src/greet": "export function greet(name: string): string {\n  return `Hello, ${name}${MARK}`;\n}",
    "src/twice": `export function twice(name: string): string {\n  return greet(name).repeat(2);\n}`,
  },
  run: compileAndRun,
  prints: "Hello, Ann!Hello, Ann! function\n",
};

export const otherGeneratedDir: Fixture = {
  name: "a generated_dir other than the default",
  files: {
    "jaunt.toml": `version = 1\n[paths]\ngenerated_dir = "built"\n[llm]\nprovider = "replay"\n`,
    "src/greet.jaunt.ts": greetSpec,
    "src/main.ts": `import { greet } from "./greet.js";\nimport { greet as same } from "./built/greet.js";\nconsole.log(greet("Ann"), greet === same);\n`,
  },
  replies: { "src/greet": greetReply },
  run: compileAndRun,
  prints: "Hello, Ann! true\n",
};

export const flatLayout: Fixture = {
  name: "a flat layout",
  files: {
    "jaunt.toml": `version = 1\n[paths]\nsource_roots = ["."]\ntest_roots = []\n[llm]\nprovider = "replay"\n`,
    "tsconfig.json": tsconfig({ rootDir: "." }, { include: ["*.ts", "__generated__"] }),
    "greet.jaunt.ts": greetSpec,
    "main.ts": `import { greet } from "./greet.js";\nconsole.log(greet("Ann"));\n`,
  },
  replies: { greet: greetReply },
  run: compileAndRun,
  prints: "Hello, Ann!\n",
};

const libraryFiles = {
  "package.json": JSON.stringify({
    name: "lib",
    version: "1.0.0",
    type: "module",
    files: ["dist"],
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./bundle": "./dist/bundle.mjs" },
  }),
  "tsconfig.json": tsconfig({ declaration: true }),
  "src/slug.jaunt.ts": `export interface SlugOptions { readonly separator?: string }
export const DEFAULT_SEPARATOR = "-";

/** Lower-cases and joins the words by the separator. */
export declare function slug(text: string, options?: SlugOptions): string;
`,
  "src/index.ts": `export { slug, DEFAULT_SEPARATOR, type SlugOptions } from "./slug.js";\n`,
  "consumer/package.json": JSON.stringify({ name: "consumer", private: true, type: "module" }),
  "consumer/main.mjs": `import { slug } from "lib";\nimport { slug as bundled } from "lib/bundle";\nconsole.log(slug("A b"), bundled("C d", { separator: "_" }));\n`,
  "consumer/types.ts": `import { slug, type SlugOptions } from "lib";\nconst options: SlugOptions = { separator: "_" };\nexport const text: string = slug("x", options);\n`,
  "consumer/tsconfig.json": tsconfig({ noEmit: true, rootDir: ".", types: [] }, { files: ["types.ts"] }),
};

export const tarball: Fixture = {
  name: "a package built by tsc and by a bundler and consumed from its tarball",
  files: libraryFiles,
  replies: {
    "src/slug": `export function slug(text: string, options?: SlugOptions): string {
  return text.toLowerCase().split(/\\s+/).join(options?.separator ?? DEFAULT_SEPARATOR);
}`,
  },
  run: [
    { argv: ["tsc", "-p", "."] },
    { argv: ["esbuild", "src/index.ts", "--bundle", "--format=esm", "--outfile=dist/bundle.mjs", "--log-level=error"] },
    { argv: ["npm", "pack", "--silent", "--pack-destination", "consumer"] },
    { argv: ["npm", "install", "--silent", "--no-audit", "--no-fund", "--offline", "./lib-1.0.0.tgz"], in: "consumer" },
    { argv: ["tsc", "-p", "consumer"] },
    { argv: ["node", "main.mjs"], in: "consumer" },
  ],
  prints: "a-b c_d\n",
};
