import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic, Position, TargetIo } from "@jaunt/core";
import type { Place, RunnerError } from "./runner-events.ts";

/** A place that a runner names, as a place of the project. */
export function locatePlace({ file, line, column }: Place, io: TargetIo): Required<Pick<Diagnostic, "file" | "start">> {
  const path = relative(io.root, nativeFile(file)).split(sep).join("/");
  return { file: path, start: { line, column, offset: offsetOf(io.readText(path) ?? "", line, column) } };
}

/** The innermost place of an error that lies in `file`, a posix path relative to the root. */
export function placeIn(file: string, error: RunnerError, io: TargetIo): Position | undefined {
  const places = error.places ?? placesIn(error.stack ?? "");
  const own = places.map((place) => locatePlace(place, io)).find((place) => place.file === file);
  return own?.start;
}

/** Places of a stack trace, innermost first, frames of Node itself left out. */
function placesIn(stack: string): readonly Place[] {
  return [...stack.matchAll(/^\s*at .*?\(?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\n]*?):(\d+):(\d+)\)?$/gm)].map(
    ([, file = "", line, column]) => ({ file, line: Number(line), column: Number(column) }),
  );
}

function nativeFile(file: string): string {
  if (!file.startsWith("file://")) return isAbsolute(file) ? file : file.split("/").join(sep);
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
}
