import type { Config } from "@jaunt/core/config";
import type { LinkOptions } from "@jaunt/core/graph";

/** How the modules of a project are linked. */
export function linkOptions({ build, test }: Config): LinkOptions {
  return { inferDependencies: { build: build.infer_deps, test: test.infer_deps } };
}
