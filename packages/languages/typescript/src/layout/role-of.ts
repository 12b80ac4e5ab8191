import type { Layout, Role } from "@jaunt/core";

/** Whether the specs of a file are of code or of tests: the longest root that holds the path decides. */
export function roleOf(path: string, { sourceRoots, testRoots }: Pick<Layout, "sourceRoots" | "testRoots">): Role {
  const longest = (roots: readonly string[]): number =>
    Math.max(
      -1,
      ...roots
        .filter((root) => root === "." || path.startsWith(`${root}/`))
        .map((root) => (root === "." ? 0 : root.length)),
    );
  return longest(testRoots) > longest(sourceRoots) ? "test" : "build";
}
