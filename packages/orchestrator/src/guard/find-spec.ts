import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { nativePath } from "../write/native-path.ts";

/**
 * The spec file that a path in a generated tree belongs to by its name, for files whose header does not say: `src/__generated__/email.ts`
 * is of `src/email.jaunt.ts`. `index` is where the path enters the tree. Undefined when there is no such spec.
 */
export function findSpec(root: string, path: string, index: number): string | undefined {
  const segments = path.split("/");
  const rest = segments.slice(index + 1);
  if (index === -1 || rest.length === 0) return undefined;
  // Tests of examples lie in the first test root, below the path of the module that they are of.
  const places = [[...segments.slice(0, index), ...rest], ...(rest[0] === "examples" ? [rest.slice(1)] : [])];
  for (const place of places) {
    const spec = specNamed(root, place.join("/"));
    if (spec !== undefined) return spec;
  }
  return undefined;
}

function specNamed(root: string, path: string): string | undefined {
  const stem = posix.basename(path).replace(/(?:\.test)?\.[^.]+$/, "");
  const folder = posix.dirname(path);
  const name = list(nativePath(root, folder)).find((entry) => entry.startsWith(`${stem}.jaunt.`));
  return name === undefined ? undefined : posix.join(folder, name);
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
