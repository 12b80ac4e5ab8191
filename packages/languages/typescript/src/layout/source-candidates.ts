import { posix } from "node:path";

/**
 * The source files, best first, behind a target of package.json's `exports` or `imports` (a path, or conditions that lead to
 * paths): TypeScript as it stands, else the usual source folders of a built file, else the file itself.
 */
export function sourceCandidates(target: unknown, folder: string): readonly string[] {
  const targets = pathsIn(target);
  const written = targets.filter((path) => /(?<!\.d)\.[mc]?tsx?$/.test(path));
  const built = targets.filter((path) => !written.includes(path));
  const all = [...written, ...built.flatMap(sourcesOf), ...built];
  return [...new Set(all.map((path) => posix.join(folder, path)))].filter((path) => !path.startsWith("../"));
}

function pathsIn(target: unknown): readonly string[] {
  const found: string[] = [];
  const queue: unknown[] = [target];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (typeof next === "string") found.push(next);
    else if (typeof next === "object" && next !== null) queue.unshift(...Object.values(next).filter((value) => value !== null));
  }
  return found;
}

/** `./dist/x.js` was `./src/x.ts`, most likely. */
function sourcesOf(path: string): readonly string[] {
  const match = /^(.*?)\.(?:d\.)?([mc]?)[jt]sx?$/.exec(path);
  if (match === null) return [];
  const [, stem = "", kind = ""] = match;
  const moved = stem.replace(/^\.\/(?:dist|lib|build|out)\/(?:(?:esm|cjs)\/)?/, "./src/");
  return [...new Set([moved, stem])].flatMap((place) => [`${place}.${kind}ts`, `${place}.tsx`]);
}
