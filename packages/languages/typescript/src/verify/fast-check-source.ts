import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Source that declares `jauntFastCheck`, Jaunt's own fast-check, out of reach of whatever runs beside it. */
export async function fastCheckSource(): Promise<string> {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    stdin: { contents: 'export * from "fast-check";', resolveDir: dirname(fileURLToPath(import.meta.url)) },
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    target: "node20",
    format: "iife",
    globalName: "jauntFastCheck",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
