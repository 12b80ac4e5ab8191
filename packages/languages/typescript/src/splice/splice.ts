import type { Diagnostic, Layout, Span, Splice, SpecSource } from "@jaunt/core";
import { printImports } from "../compose/imports.ts";
import { readSpecFile } from "../compose/spec-file.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { tokensText } from "../syntax/tokens.ts";
import { takeApartBuilt, takeApartReply, type Chunk } from "./built-file.ts";

/**
 * Joins a reply with the built code of the specs in `kept` and the private helpers they use. Each spec of the reply takes the place of
 * its earlier code, its new helpers before it. What a reply repeats of the kept code is left out; a helper of it that it changes is an error.
 */
export function splice(
  source: SpecSource,
  built: string,
  reply: string,
  kept: readonly string[],
  layout: Layout,
): Splice {
  const { id, path } = source.module;
  const replyPath = `${id}.reply.${path.endsWith("x") ? "tsx" : "ts"}`;
  const text = reply.replaceAll("\r\n", "\n");
  const parts = takeApartReply(parseSource(replyPath, text));
  const old = takeApartBuilt(source, readSpecFile(source), built, layout);
  if (parts === undefined || old === undefined) return asItIs(reply);
  const keptNames = new Set(kept);
  const specNames = new Set(source.module.specs.map(({ name }) => name));
  const staying = closure(old.chunks, ({ names }) => names.some((name) => keptNames.has(name)), specNames, keptNames);
  const stayingNames = new Set(staying.flatMap(({ names }) => names));
  const isSame = (name: string): boolean =>
    codeOf(parts.chunks, name, replyPath) === codeOf(old.chunks, name, replyPath);
  const redeclared = parts.chunks.flatMap(({ names }) => names).filter((name) => !specNames.has(name));
  const changed = redeclared.filter((name) => stayingNames.has(name) && !isSame(name));
  if (changed.length > 0)
    return { ...asItIs(reply), diagnostics: changed.map((name) => helperError(name, replyPath, text)) };
  const repeated = new Set([...stayingNames, ...redeclared.filter(isSame)]);
  const fresh = parts.chunks.filter(({ names }) => !names.some((name) => repeated.has(name)));
  const freshNames = new Set(fresh.flatMap(({ names }) => names));
  // A helper that only the old code of an asked spec used goes with it, unless the new code calls it without writing it.
  const borrowed = closure(
    old.chunks.filter(({ names }) => !names.some((name) => freshNames.has(name) || specNames.has(name))),
    ({ names }) => names.some((name) => fresh.some(({ uses }) => uses.has(name))),
    specNames,
    keptNames,
  );
  const remaining = old.chunks.filter((chunk) => staying.includes(chunk) || borrowed.includes(chunk));
  const imports = [
    ...old.imports.filter(({ local }) => remaining.some(({ uses }) => uses.has(local))),
    ...parts.imports,
  ];
  return join(printImports(imports), old.chunks, new Set(remaining), slots(fresh, specNames));
}

function asItIs(reply: string): Splice {
  return { body: reply, written: [{ start: 0, end: reply.length }], diagnostics: [] };
}

/** Chunks that `isRoot` picks and, again and again, the private helpers that chosen ones use. */
function closure(
  chunks: readonly Chunk[],
  isRoot: (chunk: Chunk) => boolean,
  specNames: ReadonlySet<string>,
  keptNames: ReadonlySet<string>,
): readonly Chunk[] {
  const chosen = new Set(chunks.filter(isRoot));
  // A set is iterated together with what is added on the way.
  for (const { uses } of chosen) {
    for (const chunk of chunks)
      if (chunk.names.some((name) => uses.has(name) && (!specNames.has(name) || keptNames.has(name))))
        chosen.add(chunk);
  }
  return [...chosen];
}

/** The tokens of everything that declares a name. */
function codeOf(chunks: readonly Chunk[], name: string, path: string): string {
  const declarations = chunks.filter(({ names }) => names.includes(name)).map(({ text }) => text);
  return tokensText(declarations.join("\n"), path);
}

function helperError(name: string, file: string, text: string): Diagnostic {
  const offset = Math.max(text.search(new RegExp(`\\b${name.replaceAll("$", "\\$")}\\b`)), 0);
  const before = text.slice(0, offset);
  return {
    code: "reply/changed-helper",
    severity: "error",
    message: `${name} is a helper of code that stays as it is, and the reply declares another.`,
    file,
    start: { line: before.split("\n").length, column: offset - before.lastIndexOf("\n"), offset },
    hint: `Use ${name} as it is, or give the new one another name.`,
  };
}

/** The reply's chunks by the spec they go with: helpers with the spec that follows them, the last ones with the last spec. */
function slots(fresh: readonly Chunk[], specNames: ReadonlySet<string>): ReadonlyMap<string, readonly Chunk[]> {
  const bySpec = new Map<string, Chunk[]>();
  let pending: Chunk[] = [];
  let last = "";
  for (const chunk of fresh) {
    pending.push(chunk);
    const spec = chunk.names.find((name) => specNames.has(name));
    if (spec === undefined) continue;
    bySpec.set(spec, [...(bySpec.get(spec) ?? []), ...pending]);
    pending = [];
    last = spec;
  }
  if (pending.length > 0) bySpec.set(last, [...(bySpec.get(last) ?? []), ...pending]);
  return bySpec;
}

/** Old chunks in their order, new ones in the place of the spec they belong to, new specs at the end. */
function join(
  imports: string,
  chunks: readonly Chunk[],
  remaining: ReadonlySet<Chunk>,
  fresh: ReadonlyMap<string, readonly Chunk[]>,
): Splice {
  const written: Span[] = [];
  let body = imports === "" ? "" : `${imports}\n`;
  let gap = "";
  const add = (text: string, isNew: boolean, after: string): void => {
    body += gap;
    if (isNew) written.push({ start: body.length, end: body.length + text.length });
    body += text;
    gap = after;
  };
  const done = new Set<string>();
  const addSlot = (spec: string): void => {
    if (done.has(spec)) return;
    done.add(spec);
    for (const chunk of fresh.get(spec) ?? []) add(chunk.text, true, chunk.gap ?? "\n\n");
  };
  for (const [index, chunk] of chunks.entries()) {
    const next = chunks[index + 1];
    const keepsGap = next !== undefined && remaining.has(next) && chunk.gap !== undefined;
    if (remaining.has(chunk)) add(chunk.text, false, keepsGap ? chunk.gap : "\n\n");
    else for (const name of chunk.names) addSlot(name);
  }
  for (const spec of fresh.keys()) addSlot(spec);
  return { body: `${body}\n`, written, diagnostics: [] };
}
