import type { Span } from "@jaunt/core";
import type { RuleId } from "../layout/conventions.ts";
import { findRunnerImports, findSilentTests } from "./policy/assertions.ts";
import { findAny } from "./policy/any.ts";
import type { Breach } from "./policy/breach.ts";
import { findEffects } from "./policy/effects.ts";
import { findEvaluation } from "./policy/evaluation.ts";
import { findFallbacks } from "./policy/fallbacks.ts";
import { findGlobalChanges } from "./policy/global-changes.ts";
import { findDynamicImports, findForeignImports, findRelativeImports } from "./policy/imports.ts";
import { findSuppressions } from "./policy/suppressions.ts";
import { repeatedSpans } from "./kept-members.ts";
import type { Finding, Reply } from "./reply.ts";

type Check = (reply: Reply) => readonly Breach[];

const checks: Readonly<Partial<Record<RuleId, Check>>> = {
  "no-relative-imports": findRelativeImports,
  "no-undeclared-packages": findForeignImports,
  "no-dynamic-import": findDynamicImports,
  "no-test-runner": findRunnerImports,
  "must-assert": findSilentTests,
  "no-any": findAny,
  "no-suppressions": findSuppressions,
  "no-eval": findEvaluation,
  "no-global-changes": findGlobalChanges,
  "no-fallback-implementations": findFallbacks,
  "no-files": (reply) => findEffects("no-files", reply),
  "no-network": (reply) => findEffects("no-network", reply),
  "no-processes": (reply) => findEffects("no-processes", reply),
  "no-environment": (reply) => findEffects("no-environment", reply),
};

/**
 * What the reply does against the conventions that its prompt stated. Only stated rules count, and code of the author that
 * the reply repeats is not judged.
 */
export function findPolicyProblems(reply: Reply): readonly Finding[] {
  const kept = repeatedSpans(reply);
  const isKept = ({ start, end }: Span): boolean => kept.some((span) => start >= span.start && end <= span.end);
  return reply.candidate.conventions.rules.flatMap(({ id }) => {
    const check = checks[id as RuleId];
    const breaches = check?.(reply).filter(({ span }) => !isKept(span)) ?? [];
    return breaches.map((breach) => findingOf(id, breach));
  });
}

function findingOf(rule: string, breach: Breach): Finding {
  return { code: `policy/${rule}`, ...breach };
}
