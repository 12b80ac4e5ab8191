import type { TemporaryProject } from "@jaunt/testkit";

/**
 * Every file of a project by path, its caches and the record of what was spent aside: calls in flight at a kill are billed twice. The
 * configuration names the port of the test's own server, and is left out.
 */
export async function readTree(project: TemporaryProject): Promise<ReadonlyMap<string, string>> {
  const aside = new Set(["jaunt.toml", ".jaunt/spending.json"]);
  const paths = (await project.list()).filter((path) => !path.startsWith(".jaunt/cache/") && !aside.has(path));
  const texts = await Promise.all(paths.map((path) => project.read(path)));
  return new Map(paths.map((path, index) => [path, texts[index] ?? ""]));
}

/** Paths whose text is none of those that `wholes` allow there; temporary files and the lock are no results. */
export function brokenFiles(
  tree: ReadonlyMap<string, string>,
  wholes: readonly ReadonlyMap<string, string>[],
): readonly string[] {
  return [...tree]
    .filter(([path]) => !path.endsWith(".jaunt-tmp") && !/^\.jaunt\/lock\b/.test(path))
    .filter(([path, text]) => !wholes.some((whole) => whole.get(path) === text))
    .map(([path]) => path);
}

/** How two trees differ, path by path; empty when they are equal. */
export function differences(
  found: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): readonly string[] {
  const paths = [...new Set([...found.keys(), ...wanted.keys()])].sort();
  return paths.flatMap((path) => {
    if (!found.has(path)) return [`${path} is missing`];
    if (!wanted.has(path)) return [`${path} should not be there`];
    return found.get(path) === wanted.get(path) ? [] : [`${path} differs`];
  });
}
