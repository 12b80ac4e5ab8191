import { defineConfig } from "tsup";

/** The one way every package builds: ESM for Node 20, no bundled dependencies, declarations left to `tsc -b`. */
export function packageBuild(entry: Record<string, string>): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    format: ["esm"],
    target: "node20.19",
    platform: "node",
    outDir: "dist",
    splitting: true,
    sourcemap: true,
    // Declarations lie in the same folder, and tsc keeps them up to date.
    clean: ["!**/*.d.ts", "!**/*.d.ts.map"],
    dts: false,
    silent: true,
  });
}
