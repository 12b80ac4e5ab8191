import { parse } from "smol-toml";
import { normaliseRoots } from "./roots.ts";
import type { PathsConfig } from "./schema.ts";

/**
 * `[paths]` of a jaunt.toml, without a look at the rest and without loading a schema: for what has to answer in milliseconds. A key that
 * is absent, or not what it should be, has its default.
 * @throws {Error} when the text is no TOML
 */
export function readPaths(text: string): PathsConfig {
  const { paths } = parse(text.replace(/^\uFEFF/, "")) as { readonly paths?: unknown };
  const given = typeof paths === "object" && paths !== null ? (paths as Readonly<Record<string, unknown>>) : {};
  const { source_roots: source, test_roots: test, generated_dir: generated } = given;
  return normaliseRoots({
    source_roots: isTexts(source) ? source : defaultPaths.source_roots,
    test_roots: isTexts(test) ? test : defaultPaths.test_roots,
    generated_dir: typeof generated === "string" && generated !== "" ? generated : defaultPaths.generated_dir,
  });
}

/** `[paths]` of an empty jaunt.toml. */
export const defaultPaths: PathsConfig = Object.freeze({
  source_roots: ["src"],
  test_roots: ["tests"],
  generated_dir: "__generated__",
});

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
