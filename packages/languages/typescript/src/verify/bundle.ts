import { join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import type { Layout, TargetIo } from "@jaunt/core";
import type { BuildFailure } from "esbuild";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import { projectPlugin } from "./project-plugin.ts";

/** What is bundled: the cases, in front of the project as it is on disk plus an overlay. */
export interface BundleRequest {
  /** Posix path of the cases' file, which need not exist. */
  readonly path: string;
  readonly source: string;
  /** Posix path of the file under test. */
  readonly generated: string;
  /** Texts that stand for files on disk. */
  readonly overlay: ReadonlyMap<string, string>;
  readonly layout: Layout;
  /** Puts stubs in the place of test runners. */
  readonly withoutRunners?: boolean;
}

/** One file that plain Node runs. */
export interface Bundle {
  readonly code: string;
  /** A script that exports through `module.exports`, as the project's own files do, and no ES module. */
  readonly isCommonJs: boolean;
  /** Absolute native paths of the folders that hold the packages it loads. */
  readonly packageFolders: readonly string[];
}

/** Bundles cases with all project code that they reach; packages stay outside. A string says why that cannot be done. */
export async function bundle(request: BundleRequest, io: TargetIo): Promise<Bundle | string> {
  const { path, source, generated, layout } = request;
  const scope = scopeOf(generated, typescriptSettings(layout.settings));
  const packageFolders = new Set<string>();
  // Its process is this whole process's, and ends with it. Stopping it would leave whoever waits for it waiting for ever.
  const esbuild = await import("esbuild");
  try {
    const { outputFiles } = await esbuild.build({
      stdin: {
        contents: source,
        sourcefile: join(io.root, path),
        resolveDir: join(io.root, posix.dirname(path)),
        loader: path.endsWith("x") ? "tsx" : "ts",
      },
      absWorkingDir: io.root,
      bundle: true,
      write: false,
      platform: "node",
      target: "node20",
      format: scope.commonjs ? "cjs" : "esm",
      // Class names are part of what examples say.
      keepNames: true,
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
      conditions: [],
      loader: { ".css": "empty" },
      // A bundle has no place of its own; code that asks is told the generated file's.
      define: scope.commonjs ? {} : { "import.meta.url": JSON.stringify(pathToFileURL(join(io.root, generated)).href) },
      ...(scope.tsconfig === "" ? { tsconfigRaw: "{}" } : { tsconfig: join(io.root, scope.tsconfig) }),
      // What a tsconfig says otherwise wins; with `preserve` it leaves JSX to a bundler.
      jsx: "automatic",
      plugins: [projectPlugin(request, scope.commonjs, packageFolders, io)],
    });
    return {
      code: outputFiles[0]?.text ?? "",
      isCommonJs: scope.commonjs,
      packageFolders: [...packageFolders].sort(),
    };
  } catch (error) {
    io.signal.throwIfAborted();
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    const place = first?.location?.file === undefined ? "" : ` (${first.location.file}:${first.location.line})`;
    return `they could not be bundled: ${first?.text ?? String(error)}${place}`;
  }
}
