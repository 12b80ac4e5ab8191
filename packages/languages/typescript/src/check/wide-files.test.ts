import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openCompiler } from "./compiler.test.support.ts";
import { rememberWideFiles } from "./wide-files.ts";

const options = { strict: true, module: "esnext", moduleResolution: "bundler", target: "es2023", types: [] };

/** Ways in which a file that `src/user.ts` does not import decides what `value` is there. */
const ways: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ["a declaration file", { "src/env.d.ts": "declare const value: number;\n" }],
  ["a script", { "src/script.ts": "var value = 1;\n" }],
  ["a script that speaks of imports", { "src/script.ts": "// import it\nvar value = 1;\n/* export */\n" }],
  [
    "a module that changes what is global",
    { "src/a.ts": "export {};\ndeclare /* all */ global {\n  const value: number;\n}\n" },
  ],
  ["a script that loads a module", { "src/script.ts": 'import("node:fs");\nvar value = 1;\n' }],
  [
    "a reference",
    {
      "src/a.ts": '/// <reference path="../env/b.d.ts" />\nexport {};\n',
      "env/b.d.ts": "declare const value: number;\n",
    },
  ],
  [
    "a package that another file imports",
    {
      "src/a.ts": 'import "globals";\n',
      "node_modules/globals/package.json": '{ "name": "globals", "types": "index.d.ts" }',
      "node_modules/globals/index.d.ts": "export {};\ndeclare global {\n  const value: number;\n}\n",
    },
  ],
  [
    "a file outside of the project that another one imports",
    {
      "src/a.ts": 'export * from "../other/b.js";\n',
      "other/b.ts": "export {};\ndeclare global {\n  var value: number;\n}\n",
    },
  ],
  [
    "a file outside of the project behind an alias",
    {
      "src/a.ts": 'export * from "@/b.js";\n',
      "other/b.ts": "export {};\ndeclare global {\n  var value: number;\n}\n",
    },
  ],
];

test.each(ways)("few files are judged with the whole of a project in view: %s", async (_, files) => {
  const paths = { "@/*": ["./other/*"] };
  const { io, compiler } = await openCompiler({
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...options, paths }, include: ["src"] }),
    "src/user.ts": "export const a: number = value;\nexport const b: string = value;\n",
    ...files,
  });
  const found = await compiler.diagnose({ tsconfig: "tsconfig.json", files: ["src/user.ts"], overlay: new Map() }, io);

  expect(found.map(({ code, start }) => `${code} in line ${start.line}`)).toEqual(["2322 in line 2"]);
});

test("what comes to concern everyone while a compiler is open is seen by the next run", async () => {
  const { io, compiler, files } = await openCompiler({
    "tsconfig.json": JSON.stringify({ compilerOptions: options, include: ["src"] }),
    "src/user.ts": "export const a: number = value;\n",
    "src/deep/a.ts": "export {};\n",
  });
  const ask = async (): Promise<readonly number[]> => {
    const request = { tsconfig: "tsconfig.json", files: ["src/user.ts"], overlay: new Map<string, string>() };
    const found = await compiler.diagnose(request, { ...io, signal: new AbortController().signal });
    return found.map(({ code }) => code);
  };
  expect(await ask()).toEqual([2304]);
  await files.write("src/deep/a.ts", "export {};\ndeclare global {\n  const value: number;\n}\n");
  expect(await ask()).toEqual([]);
  await files.write("src/deep/a.ts", "export {};\ndeclare global {\n  const value: string;\n}\n");
  expect(await ask()).toEqual([2322]);
});

test("a composite project does not demand that its imports are named", async () => {
  const { io, compiler } = await openCompiler({
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...options, composite: true }, include: ["src"] }),
    "src/a.ts": 'import { b } from "./b.js";\nexport const a = b;\n',
    "src/b.ts": "export const b = 1;\n",
  });

  expect(await compiler.diagnose({ tsconfig: "tsconfig.json", files: ["src/a.ts"], overlay: new Map() }, io)).toEqual(
    [],
  );
});

test("of many files those with problems are found, in the project and beside it", async () => {
  const good = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`src/f${index}.ts`, `export const f${index}: number = value;\n`]),
  );
  const { io, compiler } = await openCompiler({
    "tsconfig.json": JSON.stringify({ compilerOptions: options, include: ["src"] }),
    ...good,
    "src/env.d.ts": "declare const value: number;\n",
    "src/f7.ts": "export const f7: string = value;\n",
    "beside/a.ts": "export const a: string = 1;\n",
  });
  const files = [...Object.keys(good), "beside/a.ts"];
  const found = await compiler.diagnose({ tsconfig: "tsconfig.json", files, overlay: new Map() }, io);

  expect([...new Set(found.map(({ file }) => file))]).toEqual(["beside/a.ts", "src/f7.ts"]);
});

test("a project of modules that import each other, packages and styles opens one file a package", async () => {
  const { files } = await openCompiler({
    "src/a.ts": 'import { z } from "zod";\nimport "./a.css";\nexport * from "./b.js";\nexport { z };\n',
    "src/b.ts": 'import { z } from "zod";\nimport { c } from "@/c";\nexport const b = [z, c];\n',
    "src/c.ts": 'export const c = "declare nothing global";\n',
  });
  const names = ["a", "b", "c"].map((name) => `${files.root}/src/${name}.ts`);

  expect(rememberWideFiles()(names, { paths: { "@/*": ["src/*"] }, base: files.root })).toEqual([names[0]]);
});

test("a file that is old enough to be remembered is looked into again once it changed, even at the same length", async () => {
  const { files } = await openCompiler({ "src/a.ts": "export const a = 1;  // \n" });
  const findWideFiles = rememberWideFiles();
  const find = (): readonly string[] => findWideFiles([`${files.root}/src/a.ts`], { paths: {}, base: files.root });
  await sleep(2100);
  expect(find()).toEqual([]);
  expect(find()).toEqual([]);
  await files.write("src/a.ts", "declare const a: number;\n");
  expect(find()).toEqual([`${files.root}/src/a.ts`]);
});
