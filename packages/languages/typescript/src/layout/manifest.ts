import { posix } from "node:path";
import type { TargetIo } from "@jaunt/core";
import { sourceCandidates } from "./source-candidates.ts";

/** What layout takes from a package.json. */
export interface Manifest {
  /** Empty for a package without a name, or where there is no package.json. */
  readonly name: string;
  readonly type: string;
  /** Names of the dependencies of every kind, in code-unit order. */
  readonly dependencies: readonly string[];
  /** Of `imports`: each name with its best target, posix and relative to the root. */
  readonly imports: Readonly<Record<string, string>>;
}

const empty: Manifest = { name: "", type: "", dependencies: [], imports: {} };

/** The package.json of a folder or of the nearest folder above, up to the root. */
export function nearestManifest(io: Pick<TargetIo, "readText">, folder: string): Manifest {
  for (let at = folder; ; at = posix.dirname(at)) {
    const manifest = readManifest(io, at);
    if (manifest !== undefined) return describe(manifest, at);
    if (at === ".") return empty;
  }
}

/** The package.json of a folder as an object; undefined when there is none or it is broken, which npm itself reports better. */
export function readManifest(io: Pick<TargetIo, "readText">, folder: string): Readonly<Record<string, unknown>> | undefined {
  const text = io.readText(posix.join(folder, "package.json"));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function describe(manifest: Readonly<Record<string, unknown>>, folder: string): Manifest {
  const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
  const names = kinds.flatMap((kind) => Object.keys(isObject(manifest[kind]) ? manifest[kind] : {}));
  return {
    name: typeof manifest["name"] === "string" ? manifest["name"] : "",
    type: typeof manifest["type"] === "string" ? manifest["type"] : "",
    dependencies: [...new Set(names)].toSorted(),
    imports: importsOf(manifest["imports"], folder),
  };
}

function importsOf(imports: unknown, folder: string): Readonly<Record<string, string>> {
  if (!isObject(imports)) return {};
  return Object.fromEntries(
    Object.entries(imports).flatMap(([name, target]) => {
      const [best] = sourceCandidates(target, folder);
      return best === undefined ? [] : [[name, best] as const];
    }),
  );
}

/** True for a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
