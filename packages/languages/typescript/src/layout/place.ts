import { posix } from "node:path";
import type { Layout, OutputPaths, SpecModule } from "@jaunt/core";

/**
 * Where a module's files go: `src/email.jaunt.ts` has its build in `src/__generated__/email.ts` and its facade in
 * `src/email.ts`; a test spec has `__generated__/email.test.ts` and no facade. The ending `.tsx`, `.mts`, `.cts` is kept.
 */
export function place(module: SpecModule, layout: Layout): OutputPaths {
  const directory = posix.dirname(module.path);
  const file = posix.basename(module.path);
  const [, name = file, ending = ".ts"] = /^(.*)\.jaunt(\.[mc]?tsx?)$/.exec(file) ?? [];
  const generated = module.role === "test" ? `${name}.test${ending}` : `${name}${ending}`;
  return {
    generated: posix.join(directory, layout.generatedDir, generated),
    ...(module.role === "test" ? {} : { facade: posix.join(directory, `${name}${ending}`) }),
  };
}
