import type { Artifact, Diagnostic, Layout, SpecSource, TargetIo } from "@jaunt/core";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import type { CompilerProblem } from "./compile-request.ts";
import type { Compiler } from "./compiler.ts";
import { mapLines } from "./map-lines.ts";
import { positionsIn } from "./positions.ts";
import type { Reply } from "./reply.ts";
import { runnerDiagnostic } from "./runner-types.ts";

/** Builds the files of a module around a reply. */
export type Compose = (source: SpecSource, body: string | null, layout: Layout) => readonly Artifact[];

/**
 * Type errors of the generated file and the facade as they would be, checked in memory in the tsconfig of the spec file.
 * Errors in what the reply wrote are located in the reply, others in the generated file with the line they are about.
 */
export async function findTypeProblems(
  reply: Reply,
  compose: Compose,
  compiler: Compiler,
  io: TargetIo,
): Promise<readonly Diagnostic[]> {
  const { source, body, layout } = reply.candidate;
  const artifacts = compose(source, body, layout).filter(({ path, text, once }) => {
    // A facade that the user changed is the user's: no reply could mend it.
    return !once || (io.readText(path) ?? text) === text;
  });
  const { tsconfig } = scopeOf(source.module.path, typescriptSettings(layout.settings));
  const overlay = new Map(artifacts.map(({ path, text }) => [path, text]));
  const problems = await compiler.diagnose({ tsconfig, files: [...overlay.keys()], overlay }, io);
  const composed = artifacts.find(({ kind }) => kind === source.module.role);
  const located = problems.map((problem) => {
    if (problem.file !== composed?.path) return inFile(problem, overlay.get(problem.file) ?? "");
    const ofRunner = source.module.role === "test" ? runnerDiagnostic(problem, source.module.path, io) : undefined;
    return ofRunner ?? inReply(problem, composed.text, reply);
  });
  return joinRepeated(located);
}

/** A compiler problem of a file that stands on disk. */
export function diagnosticOf({ code, message, file, start, end, hint }: CompilerProblem): Diagnostic {
  return {
    code: `types/${code}`,
    severity: "error",
    message,
    file,
    start,
    end,
    ...(hint === undefined ? {} : { hint }),
  };
}

const unusedName = 6133;
const unusedHint = "Remove it. A parameter of a spec's signature has to stay: there, `void name;` counts as a use.";

function inReply(problem: CompilerProblem, composed: string, { parsed }: Reply): Diagnostic {
  const mapped = mapLines(composed, parsed.text);
  const place = mapped(problem.start);
  if (place === undefined) return inFile(problem, composed);
  const start = positionsIn(parsed.text).of(place.line, place.column);
  const end = mapped(problem.end);
  const sound = end !== undefined && end.offset >= start.offset ? end : start;
  return {
    ...diagnosticOf(problem),
    file: parsed.path,
    start,
    end: sound,
    ...(problem.code === unusedName ? { hint: unusedHint } : {}),
  };
}

function inFile(problem: CompilerProblem, text: string): Diagnostic {
  const line = positionsIn(text).lineText(problem.start.line).trim();
  const diagnostic = diagnosticOf(problem);
  return line === "" ? diagnostic : { ...diagnostic, message: `${diagnostic.message}\nin: ${line}` };
}

/** The same complaint about many places is one complaint: the first, with the lines of the others. */
function joinRepeated(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.file} ${diagnostic.code} ${diagnostic.message}`;
    groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    if (others.length === 0) return [first];
    const lines = [...new Set(others.map(({ start }) => start?.line))].join(", ");
    return [{ ...first, message: `${first.message} (${others.length + 1} times, also on line ${lines})` }];
  });
}
