import type { Candidate, Diagnostic, Layout, TargetIo } from "@jaunt/core";
import { createCompiler } from "./compiler.ts";
import { findConformanceProblems } from "./conformance.ts";
import { findExportProblems } from "./exports.ts";
import { checkFiles } from "./check-files.ts";
import { findParseProblems } from "./parse-rung.ts";
import { findPolicyProblems } from "./policy.ts";
import { diagnosticsOf, parseReply, readReply } from "./reply.ts";
import { findTypeProblems, type Compose } from "./types.ts";

/** Judges candidates and files. Holds a compiler process from the first type check until `close`. */
export interface Checker {
  /** Parse, names, policy, signatures, types: the complete problems of the first of these that has any. */
  check(candidate: Candidate, io: TargetIo): Promise<readonly Diagnostic[]>;
  /** Type errors of files as they are on disk, and uses that an import cycle makes come too early. */
  checkFiles(paths: readonly string[], layout: Layout, io: TargetIo): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

const rungs = [findExportProblems, findPolicyProblems, findConformanceProblems];

/** A checker that builds a module's files with the given `compose`. */
export function createChecker({ compose }: { readonly compose: Compose }): Checker {
  const compiler = createCompiler();
  return {
    async check(candidate, io) {
      const parsed = parseReply(candidate);
      const specNames = candidate.source.module.specs.map((spec) => spec.name);
      const broken = findParseProblems(parsed, specNames);
      if (broken.length > 0) return diagnosticsOf(broken, parsed);
      const reply = readReply(candidate, parsed);
      for (const rung of rungs) {
        const findings = rung(reply);
        if (findings.length > 0) return diagnosticsOf(findings, parsed);
      }
      return findTypeProblems(reply, compose, compiler, io);
    },
    checkFiles: (paths, layout, io) => checkFiles(paths, layout, compiler, io),
    close: () => compiler.close(),
  };
}
