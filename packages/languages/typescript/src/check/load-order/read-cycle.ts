import type { Layout, TargetIo } from "@jaunt/core";
import { freeNames } from "../../compose/references.ts";
import { declarationOf, declaredNames } from "../../compose/spec-file.ts";
import { scopeOf, typescriptSettings } from "../../layout/settings.ts";
import { parseSource, type ParsedSource } from "../../syntax/parse-source.ts";
import type { Link, ModuleGraph } from "./module-graph.ts";

/** A file of a cycle, looked at closely. */
export interface CycleFile {
  readonly parsed: ParsedSource;
  readonly inner: boolean;
  /** Imports that are left when the compiler has erased those of which only types are used. */
  readonly links: readonly Link[];
  /** Names that exist only after the file has run; those of function declarations exist before. */
  readonly declared: ReadonlySet<string>;
  readonly hoisted: ReadonlySet<string>;
}

/** Parses the files of a cycle. */
export function readCycle(
  paths: readonly string[],
  graph: ModuleGraph,
  layout: Layout,
  io: TargetIo,
): ReadonlyMap<string, CycleFile> {
  const files = new Map<string, CycleFile>();
  for (const path of paths) {
    const file = graph.get(path);
    const text = file && io.readText(path);
    if (file === undefined || text === undefined) continue;
    const parsed = parseSource(path, text);
    const { flags } = scopeOf(path, typescriptSettings(layout.settings));
    const links = flags["verbatimModuleSyntax"] === true ? file.links : withoutErased(file.links, parsed);
    files.set(path, { parsed, inner: file.inner, links, ...namesOf(parsed) });
  }
  return files;
}

function withoutErased(links: readonly Link[], { body }: ParsedSource): readonly Link[] {
  const used = freeNames(body.filter(({ type }) => type !== "ImportDeclaration"));
  return links.filter(
    ({ imports }) => imports.length === 0 || imports.some(({ local }) => used.get(local) === "value"),
  );
}

function namesOf({ body }: ParsedSource): Pick<CycleFile, "declared" | "hoisted"> {
  const declared = new Set<string>();
  const hoisted = new Set<string>();
  for (const statement of body) {
    const node = declarationOf(statement);
    if (node["declare"] === true) continue;
    const names =
      node.type === "FunctionDeclaration"
        ? hoisted
        : /^(?:Class|Variable|TSEnum)/.test(node.type)
          ? declared
          : undefined;
    if (names !== undefined) for (const name of declaredNames(statement)) names.add(name);
  }
  return { declared, hoisted };
}
