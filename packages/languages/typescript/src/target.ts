import type { Target } from "@jaunt/core";
import { createChecker } from "./check/checker.ts";
import { checkFacade } from "./compose/facade.ts";
import { compose } from "./compose/compose.ts";
import { composeExamples } from "./compose/examples.ts";
import { configureTypescript, type ConfigureOptions } from "./layout/configure.ts";
import { conventions } from "./layout/conventions.ts";
import { place } from "./layout/place.ts";
import { declaredBy } from "./read/declared-by.ts";
import { mutate } from "./mutate/mutate.ts";
import { keepable } from "./splice/keepable.ts";
import { splice } from "./splice/splice.ts";
import { runSuite } from "./suite/run-suite.ts";
import { tokensText } from "./syntax/tokens.ts";
import { explainCases } from "./verify/explain-cases.ts";
import { createVerifier } from "./verify/verifier.ts";

/** A target for TypeScript. `check` and `checkFiles` start the compiler on first use, `close` ends it. */
export function createTypescriptTarget(options: ConfigureOptions = {}): Target {
  const checker = createChecker({ compose });
  const verifier = createVerifier({ compose });
  return {
    apiVersion: 1,
    language: "typescript",
    lineComment: "//",
    configure: (io, files) => configureTypescript(io, files, options),
    place,
    conventions,
    compose,
    composeExamples,
    explainCases,
    keepable,
    mutate,
    splice,
    declares: declaredBy,
    tokens: tokensText,
    checkFacade,
    check: (candidate, io) => checker.check(candidate, io),
    checkFiles: (paths, layout, io) => checker.checkFiles(paths, layout, io),
    verify: (subject, cases, io) => verifier.verify(subject, cases, io),
    test: (files, options, layout, io) => runSuite(files, options, layout, io),
    close: () => checker.close(),
  };
}
