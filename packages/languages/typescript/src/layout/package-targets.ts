import { isRecord } from "./is-record.ts";

const knownConditions: ReadonlySet<string> = new Set([
  "types",
  "import",
  "require",
  "node",
  "default",
  "browser",
  "module",
  "development",
  "production",
]);

/** Every file that an entry of `exports` or `imports` may lead to, targets of conditions that only this workspace knows first. */
export function targetsOf(entry: unknown): readonly string[] {
  if (typeof entry === "string") return [entry];
  if (Array.isArray(entry)) return entry.flatMap(targetsOf);
  if (!isRecord(entry)) return [];
  const rank = (condition: string): number =>
    knownConditions.has(condition) ? [...knownConditions].indexOf(condition) : -1;
  return Object.entries(entry)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .flatMap(([, value]) => targetsOf(value));
}

/**
 * The files that a published file may have been built from, best first, the file itself last: `./dist/x.js` comes from
 * `./src/x.ts` in most packages, else from `./x.ts`.
 */
export function sourceCandidates(target: string): readonly string[] {
  const path = target.replace(/^\.\//, "");
  if (/\.[mc]?tsx?$/.test(path) && !/\.d\.[mc]?ts$/.test(path)) return [path];
  const ending = /(?:\.d)?(\.[mc]?)[jt]s$/.exec(path);
  if (ending === null) return [path];
  const stem = path.slice(0, ending.index);
  const endings = ending[1] === "." ? [".ts", ".tsx"] : [`${ending[1] ?? "."}ts`, ".ts"];
  const built = /^(?:dist|lib|build|out|output|esm|cjs|es)\/(?:(?:esm|cjs|es|src|types)\/)?/.exec(stem)?.[0];
  const stems = built === undefined ? [stem] : [`src/${stem.slice(built.length)}`, stem.slice(built.length)];
  return [...stems.flatMap((each) => endings.map((one) => each + one)), path];
}
