import type { Layout, SpecSource } from "@jaunt/core";
import { moveSpecifier, specifierOf } from "../layout/specifier.ts";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { copiedTypes, type CopiedTypes } from "./copied-types.ts";
import type { Code } from "./implementation.ts";
import { printImports, printName, printNames, type ImportRequest } from "./imports.ts";
import { freeNames, type NeededAs } from "./references.ts";
import type { HandWritten, SpecFile } from "./spec-file.ts";

/** The whole text of a generated file around its code: prologue, imports that are used, re-exports, copied types. */
export function assemble(
  file: SpecFile,
  code: Code,
  generatedPath: string,
  source: SpecSource,
  layout: Layout,
): string {
  const needed = new Map(freeNames(parseSource(generatedPath, code.text).body));
  const copied = copiedTypes(file, needed, generatedPath);
  for (const name of copied.needs) if (!needed.has(name)) needed.set(name, "type");
  const place: Place = { file, generatedPath, layout, specifier: specifierOf(generatedPath, file.module.path, layout) };
  const definedIn = source.definedIn ?? {};
  const requests = [...needed].flatMap(([name, neededAs]) =>
    requestFor(name, neededAs, place, code, copied, definedIn),
  );
  const sideEffects = [...file.imports, ...code.imports]
    .filter((request) => request.local === "")
    .map((request) => moved(request, place));
  const parts = [
    file.prologue
      .map((line) =>
        line.replace(
          /(<reference path=")([^"]+)/,
          (_, start: string, path: string) => start + moveSpecifier(path, file.module.path, generatedPath),
        ),
      )
      .join("\n"),
    printImports([...sideEffects, ...requests]).trimEnd(),
    // Nobody imports a test file.
    file.module.role === "test" ? "" : reexports(place, copied),
    copied.text,
    code.text,
    file.renamedSpecs.length === 0
      ? ""
      : `export ${printNames(file.renamedSpecs.map(({ local, exported }) => `${local} as ${printName(exported)}`))};`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`.replaceAll("\r\n", "\n");
}

interface Place {
  readonly file: SpecFile;
  readonly generatedPath: string;
  readonly layout: Layout;
  /** How the generated file imports its own spec file. */
  readonly specifier: string;
}

/** What has to be imported for a name: from where the spec file has it, from the spec file itself, or as the reply says. */
function requestFor(
  name: string,
  neededAs: NeededAs,
  place: Place,
  code: Code,
  copied: CopiedTypes,
  definedIn: NonNullable<SpecSource["definedIn"]>,
): readonly ImportRequest[] {
  const { file } = place;
  if (copied.names.has(name) || file.specStatements.has(name)) return [];
  const imported = file.imports.find((request) => request.local === name);
  if (imported !== undefined) {
    // A spec file may import a dependency as a type, for its doc comments alone; the body that calls it needs the value.
    const request = { ...moved(imported, place), typeOnly: imported.typeOnly && neededAs === "type" };
    return [fromOrigin(withNeed(request, neededAs, place), place, definedIn)];
  }
  const declared = file.handWritten.get(name);
  if (declared !== undefined) return fromSpecFile(declared, neededAs, place.specifier);
  const own = code.imports.find((request) => request.local === name);
  return own === undefined ? [] : [withNeed(moved(own, place), neededAs, place)];
}

function moved(request: ImportRequest, { file, generatedPath }: Place): ImportRequest {
  return { ...request, specifier: moveSpecifier(request.specifier, file.module.path, generatedPath) };
}

/** Only types of it are used: then nothing is loaded at run time. Decorator metadata refers to types as values. */
function withNeed(request: ImportRequest, neededAs: NeededAs, { file, layout }: Place): ImportRequest {
  const { flags } = scopeOf(file.module.path, typescriptSettings(layout.settings));
  if (flags["emitDecoratorMetadata"] === true) return request;
  return { ...request, typeOnly: request.typeOnly || neededAs === "type" };
}

/** A value that another spec file has by hand comes from that file, which survives import cycles; its facade would not. */
function fromOrigin(
  request: ImportRequest,
  { generatedPath, layout }: Place,
  definedIn: NonNullable<SpecSource["definedIn"]>,
): ImportRequest {
  const origin = Object.hasOwn(definedIn, request.local) ? definedIn[request.local] : undefined;
  if (origin === undefined || request.typeOnly || request.imported === "*") return request;
  return { ...request, imported: origin.name, specifier: specifierOf(generatedPath, origin.path, layout) };
}

function fromSpecFile(declared: HandWritten, neededAs: NeededAs, specifier: string): readonly ImportRequest[] {
  const exported = declared.exports.find((each) => each.as === declared.name) ?? declared.exports[0];
  if (exported === undefined) return [];
  return [
    {
      local: declared.name,
      imported: exported.as,
      specifier,
      typeOnly: exported.typeOnly || neededAs === "type",
      attributes: "",
    },
  ];
}

/** What the spec file exports by hand is passed on from it, and what it passes on itself from where that comes from. */
function reexports(place: Place, copied: CopiedTypes): string {
  const own = [...place.file.handWritten.values()]
    .filter(({ name }) => !copied.names.has(name))
    .flatMap(({ exports }) =>
      exports.map((each) => ({
        exported: each.as,
        imported: each.as,
        specifier: place.specifier,
        typeOnly: each.typeOnly,
      })),
    );
  const others = place.file.passedOn.map((each) => ({
    ...each,
    specifier: moveSpecifier(each.specifier, place.file.module.path, place.generatedPath),
  }));
  const lines: string[] = [];
  const named = new Map<string, string[]>();
  for (const { exported, imported, specifier, typeOnly } of [...own, ...others]) {
    const word = typeOnly ? "export type" : "export";
    const from = `from ${JSON.stringify(specifier)};`;
    if (imported === "*") lines.push(`${word} *${exported === "*" ? "" : ` as ${printName(exported)}`} ${from}`);
    else
      named.set(`${word}\n${from}`, [
        ...(named.get(`${word}\n${from}`) ?? []),
        imported === exported ? printName(exported) : `${printName(imported)} as ${printName(exported)}`,
      ]);
  }
  const lists = [...named].map(([key, names]) => {
    const [word = "", from = ""] = key.split("\n");
    return `${word} ${printNames([...new Set(names)].sort())} ${from}`;
  });
  return [...lists, ...new Set(lines)].join("\n");
}
