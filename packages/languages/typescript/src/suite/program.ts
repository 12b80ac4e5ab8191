/** Address of a program that ships with this package: beside this file in the sources, in a folder of the same name when built. */
export function programUrl(name: "vitest-driver" | "node-reporter"): URL {
  return new URL(import.meta.url.endsWith(".ts") ? `./${name}.mjs` : `./suite/${name}.js`, import.meta.url);
}
