import type { Config } from "@jaunt/core/config";
import { beforeAll, expect, test } from "vitest";
import { createToyLanguage } from "../__fixtures__/toy-language.ts";
import type { OpenLanguage } from "../read/open-languages.ts";
import { placeSpec, type LoadedModule } from "../read/read-specs.ts";
import { affectedModules, type KnownImports } from "./affected-modules.ts";

let language: OpenLanguage;
beforeAll(async () => {
  const toy = createToyLanguage().language;
  const layout = {
    sourceRoots: ["src"],
    testRoots: [],
    generatedDir: "__generated__",
    testRunner: "vitest",
    settings: {},
  } as const;
  language = { reader: toy.reader, target: await toy.createTarget({} as Config), layout };
});

/** Modules by id, each with the text of its spec file. */
function project(texts: Readonly<Record<string, string>>): Parameters<typeof affectedModules>[1] {
  const load = ([id, text]: readonly [string, string]): [string, LoadedModule] => {
    const path = `${id}.toy`;
    const { module } = language.reader.read({ path, text }, language.layout);
    if (module === undefined) throw new Error(`${path} holds no spec`);
    return [id, { ...placeSpec(id, path, "build", language, text), module }];
  };
  return { modules: new Map(Object.entries(texts).map(load)), languages: [language] };
}

const spec = "spec it() -- It.\n";

/** Modules that a change of a types file concerns. */
function concerned(texts: Readonly<Record<string, string>>, known: KnownImports): readonly string[] {
  return [...affectedModules("/nowhere", project(texts), ["src/types.types"], known)].sort();
}

test("a file concerns the modules that import it, each by what it says now", () => {
  const known: KnownImports = new Map();
  const importing = `use ./types Amount\n${spec}`;
  expect(concerned({ "src/a": spec, "src/b": importing }, known)).toEqual(["src/b"]);
  expect(concerned({ "src/a": importing, "src/b": importing }, known)).toEqual(["src/a", "src/b"]);
  expect(concerned({ "src/a": importing, "src/b": spec }, known)).toEqual(["src/a"]);
});

test("what a module imports is not asked for again while its file is the same", () => {
  const known: KnownImports = new Map();
  const importing = `use ./types Amount\n${spec}`;
  expect(concerned({ "src/a": importing }, known)).toEqual(["src/a"]);
  const { modules, languages } = project({ "src/a": importing });
  const unread = [...modules].map(([id, loaded]): [string, LoadedModule] => [
    id,
    Object.defineProperty({ ...loaded }, "module", {
      get: () => {
        throw new Error("it was read");
      },
    }),
  ]);
  const again = { modules: new Map(unread), languages };
  expect([...affectedModules("/nowhere", again, ["src/types.types"], known)]).toEqual(["src/a"]);
});
