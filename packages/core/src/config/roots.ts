import { globMatcher, isGlob } from "../text/glob.ts";
import type { PathsConfig } from "./schema.ts";

/** A root as `src/app`: no `./`, no slash at the end, `.` for the project itself; with a problem when it cannot be one. */
export function normaliseRoot(text: string): { readonly path: string; readonly problem?: string } {
  if (text.trim() === "") return { path: text, problem: 'expected a folder; "." is the project itself' };
  if (text.includes("\\")) return { path: text, problem: "use forward slashes" };
  if (text.startsWith("/") || /^[A-Za-z]:/.test(text))
    return { path: text, problem: "expected a path relative to jaunt.toml" };
  const segments = text.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) return { path: text, problem: "a root must lie inside the project" };
  return { path: segments.join("/") || "." };
}

type Roots = Pick<PathsConfig, "source_roots" | "test_roots">;

interface RootProblem {
  readonly list: "source_roots" | "test_roots";
  readonly index: number;
  readonly message: string;
}

/**
 * Roots of which nobody could say whether their files are sources or tests: the same folder twice. A folder inside another is
 * fine, the longer root decides.
 */
export function overlappingRoots(paths: Roots): readonly RootProblem[] {
  const problems: RootProblem[] = [];
  const normalised = normaliseRoots(paths);
  for (const list of ["source_roots", "test_roots"] as const) {
    normalised[list].forEach((root, index) => {
      if (normalised[list].indexOf(root) !== index)
        problems.push({ list, index, message: `"${root}" is listed twice` });
    });
  }
  normalised.test_roots.forEach((root, index) => {
    const source = normalised.source_roots.find((candidate) => overlap(candidate, root));
    if (source === undefined) return;
    const other = source === root ? "is" : `overlaps "${source}", which is`;
    problems.push({
      list: "test_roots",
      index,
      message: `"${root}" ${other} also a source root: a folder holds specs of code or of tests, not both`,
    });
  });
  return problems;
}

/** Both lists with every root normalised. */
export function normaliseRoots<Paths extends Roots>(paths: Paths): Paths {
  const normalise = (roots: readonly string[]): readonly string[] => roots.map((root) => normaliseRoot(root).path);
  return { ...paths, source_roots: normalise(paths.source_roots), test_roots: normalise(paths.test_roots) };
}

function overlap(left: string, right: string): boolean {
  return left === right || (isGlob(left) && globMatcher(left)(right)) || (isGlob(right) && globMatcher(right)(left));
}
