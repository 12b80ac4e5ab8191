import { posix } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Layout, TargetIo } from "@jaunt/core";
import type * as Parser from "oxc-parser";
import { moduleIdOf } from "../../read/module-id.ts";
import { resolveSpecifier } from "../../read/resolve-specifier.ts";
import { parseImports } from "../../syntax/parse-source.ts";

/** A file as loading it sees it: which files it loads, and what it takes from them or passes on. */
export interface ModuleFile {
  /** A generated file or a spec file: reached through facades, not what a program imports first. */
  readonly inner: boolean;
  readonly links: readonly Link[];
}

/** One import or re-export of a project file. */
export interface Link {
  /** Offset of the statement. */
  readonly start: number;
  readonly target: string;
  readonly imports: readonly { readonly local: string; readonly imported: string }[];
  readonly reexports: readonly { readonly exported: string; readonly imported: string }[];
}

/** Files by path, with everything of the project that they load. */
export type ModuleGraph = ReadonlyMap<string, ModuleFile>;

/** So many files are parsed between two turns of the event loop, for only there is a native parser's memory given back. */
const stride = 64;

/** Reads `paths` and all project files that they import for their values, directly or not. Keeps no text. */
export async function readModuleGraph(paths: readonly string[], layout: Layout, io: TargetIo): Promise<ModuleGraph> {
  const graph = new Map<string, ModuleFile>();
  /** Texts that were read and not parsed yet; undefined for files that do not exist. */
  const texts = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, io.readText(path));
    return texts.get(path);
  };
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const text = graph.has(path) ? undefined : read(path);
    if (text === undefined) continue;
    if (graph.size % stride === 0) await setImmediate();
    const module = parseImports(path, text);
    const from = path;
    const resolve = (specifier: string): string | undefined =>
      resolveSpecifier(specifier, from, layout).find(
        (file) => !/\.d\.[mc]?ts$/.test(file) && (graph.has(file) || read(file) !== undefined),
      );
    const links = [...importLinks(module, resolve), ...exportLinks(module, resolve)].toSorted(
      (a, b) => a.start - b.start,
    );
    const inner = posix.basename(posix.dirname(path)) === layout.generatedDir || moduleIdOf(path) !== undefined;
    graph.set(path, { inner, links });
    texts.delete(path);
    for (const { target } of links) if (!graph.has(target)) pending.push(target);
  }
  return graph;
}

type Resolve = (specifier: string) => string | undefined;

function importLinks({ staticImports }: Parser.EcmaScriptModule, resolve: Resolve): readonly Link[] {
  return staticImports.flatMap(({ start, moduleRequest, entries }) => {
    const values = entries.filter(({ isType }) => !isType);
    const target = entries.length > 0 && values.length === 0 ? undefined : resolve(moduleRequest.value);
    if (target === undefined) return [];
    const imports = values.map(({ importName, localName }) => ({
      local: localName.value,
      imported: nameOf(importName),
    }));
    return [{ start, target, imports, reexports: [] }];
  });
}

function exportLinks({ staticExports }: Parser.EcmaScriptModule, resolve: Resolve): readonly Link[] {
  return staticExports.flatMap(({ start, entries }) => {
    const values = entries.filter(({ isType }) => !isType);
    const specifier = values[0]?.moduleRequest?.value;
    const target = specifier === undefined ? undefined : resolve(specifier);
    if (target === undefined) return [];
    const reexports = values.map(({ exportName, importName }) => ({
      exported: exportName.name ?? "*",
      imported: nameOf(importName),
    }));
    return [{ start, target, imports: [], reexports }];
  });
}

function nameOf({ kind, name }: Parser.ExportImportName | Parser.ImportName): string {
  return name ?? (kind === "Default" ? "default" : "*");
}
