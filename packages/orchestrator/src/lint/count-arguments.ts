import type { Spec } from "@jaunt/core";
import { endOfBracket, scanCode, splitAtCommas } from "./scan-code.ts";

/** How many arguments one form of a call takes. `most` is infinite behind a rest parameter. */
export interface Arity {
  readonly least: number;
  readonly most: number;
}

/** The forms in which a function, or the constructor of a class, can be called; none when its signature does not say. */
export function aritiesOf({ name, kind, signature }: Pick<Spec, "name" | "kind" | "signature">): readonly Arity[] {
  const { blanked } = scanCode(signature);
  const plain = escapeRegExp(name);
  const start =
    kind === "class"
      ? /(?<![\w$.])constructor\s*(?=\()/g
      : kind === "const"
        ? new RegExp(String.raw`(?<![\w$.])const\s+${plain}\s*[=:]\s*(?:async\s*)?(?=[(<])`, "g")
        : new RegExp(String.raw`(?<![\w$.])${plain}\s*(?=[(<])`, "g");
  return [...blanked.matchAll(start)].flatMap((found) => {
    const parameters = parametersAt(blanked, found.index + found[0].length);
    return parameters === undefined ? [] : [arityOf(parameters)];
  });
}

/** Numbers of arguments with which code calls a name, call by call; `new` calls a class. Calls that spread something are left out. */
export function argumentCounts(code: string, name: string, isClass: boolean): readonly number[] {
  // The commas of type arguments separate no arguments.
  const blanked = scanCode(code).blanked.replaceAll(/<[\w\s,.[\]|"'{}:;?]*>(?=\()/g, (found) =>
    " ".repeat(found.length),
  );
  const calls = new RegExp(
    String.raw`${isClass ? String.raw`(?<![\w$.])new\s+` : String.raw`(?<![\w$.]|\bfunction\s)`}${escapeRegExp(name)}\s*(?=\()`,
    "g",
  );
  return [...blanked.matchAll(calls)].flatMap((found) => {
    const open = found.index + found[0].length;
    const end = endOfBracket(blanked, open);
    const given = end === undefined ? undefined : splitAtCommas(blanked.slice(open + 1, end - 1));
    return given === undefined || given.some((each) => each.trim().startsWith("...")) ? [] : [given.length];
  });
}

function parametersAt(blanked: string, at: number): readonly string[] | undefined {
  const open = blanked[at] === "<" ? endOfBracket(blanked, at, true) : at;
  if (open === undefined || blanked[open] !== "(") return undefined;
  const end = endOfBracket(blanked, open, true);
  return end === undefined ? undefined : splitAtCommas(blanked.slice(open + 1, end - 1), true);
}

function arityOf(parameters: readonly string[]): Arity {
  const own = parameters.map((parameter) => parameter.trim()).filter((parameter) => !/^this\s*:/.test(parameter));
  const rest = own.at(-1)?.startsWith("...") === true;
  const fixed = rest ? own.slice(0, -1) : own;
  const lastNeeded = fixed.findLastIndex((parameter) => !isOptional(parameter));
  return { least: lastNeeded + 1, most: rest ? Number.POSITIVE_INFINITY : fixed.length };
}

function isOptional(parameter: string): boolean {
  const outer = parameter.replaceAll(/[([{][^()[\]{}]*[)\]}]/g, "_");
  return /^(?:(?:readonly|public|private|protected|override)\s+)*[\w$]+\s*\?/.test(outer) || /=(?!>)/.test(outer);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[$\\.*+?^()[\]{}|]/g, String.raw`\$&`);
}
