import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, Layout, TargetIo } from "@jaunt/core";
import type { BuildFailure, Message, Plugin } from "esbuild";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import { locatePlace } from "./locate-place.ts";
import { projectPlugin } from "../verify/project-plugin.ts";

/** A test file with all project code that it reaches, as one file that plain Node runs. */
export interface TestBundle {
  readonly code: string;
  /** `.mjs`, or `.cjs` where the project's own files are CommonJS. */
  readonly ending: ".mjs" | ".cjs";
}

/**
 * Bundles a test file; packages stay outside, a source map leads back to the sources, and each module still knows where it is. An
 * error diagnostic says why that cannot be done.
 * @param folder posix path, relative to the root, of the folder that the bundle will lie in
 */
export async function bundleTest(
  path: string,
  folder: string,
  layout: Layout,
  io: TargetIo,
): Promise<TestBundle | Diagnostic> {
  const scope = scopeOf(path, typescriptSettings(layout.settings));
  const ending = scope.commonjs ? ".cjs" : ".mjs";
  const esbuild = await import("esbuild");
  const request = { path, source: "", generated: path, overlay: new Map<string, string>(), layout };
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [join(io.root, path)],
      outfile: join(io.root, folder, `bundle${ending}`),
      absWorkingDir: io.root,
      bundle: true,
      write: false,
      platform: "node",
      target: "node20",
      format: scope.commonjs ? "cjs" : "esm",
      keepNames: true,
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
      conditions: [],
      sourcemap: "inline",
      sourcesContent: false,
      loader: { ".css": "empty" },
      define: scope.commonjs
        ? {}
        : Object.fromEntries(Object.entries(ownPlace).map(([key, name]) => [`import.meta.${key}`, name])),
      ...(scope.tsconfig === "" ? { tsconfigRaw: "{}" } : { tsconfig: join(io.root, scope.tsconfig) }),
      jsx: "automatic",
      plugins: [placePlugin(scope.commonjs, io), projectPlugin(request, scope.commonjs, new Set(), io)],
    });
    return { code: outputFiles[0]?.text ?? "", ending };
  } catch (error) {
    io.signal.throwIfAborted();
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    return {
      code: "suite/not-loaded",
      severity: "error",
      message: `${path} cannot be bundled: ${first?.text ?? String(error)}`,
      ...placeOf(first, path, io),
    };
  }
}

/** What stands for `import.meta.url` and the like in a bundle, in which every module has the same place. */
const ownPlace = { url: "jauntUrl", dirname: "jauntDirname", filename: "jauntFilename" };

/** Tells the modules of a project that ask for it where their source lies. Lines keep their numbers. */
function placePlugin(isCommonJs: boolean, io: TargetIo): Plugin {
  return {
    name: "jaunt-place",
    setup(build) {
      build.onLoad({ filter: /\.[mc]?tsx?$/ }, ({ path }) => {
        const text = io.readText(relative(io.root, path).split(sep).join("/"));
        if (text === undefined) return undefined;
        const names = isCommonJs
          ? { dirname: "__dirname", filename: "__filename" }
          : text.includes("import.meta")
            ? ownPlace
            : {};
        return { contents: `${placeLine(path, names)}${text}`, loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
}

function placeLine(file: string, names: Partial<typeof ownPlace>): string {
  const values: Readonly<Record<keyof typeof ownPlace, string>> = {
    url: pathToFileURL(file).href,
    dirname: dirname(file),
    filename: file,
  };
  const entries = Object.entries(names) as [keyof typeof ownPlace, string][];
  return entries.map(([key, name]) => `const ${name} = ${JSON.stringify(values[key])}; `).join("");
}

function placeOf(message: Message | undefined, path: string, io: TargetIo): Pick<Diagnostic, "file" | "start"> {
  const location = message?.location;
  if (location?.file === undefined) return { file: path };
  return locatePlace({ file: join(io.root, location.file), line: location.line, column: location.column + 1 }, io);
}
