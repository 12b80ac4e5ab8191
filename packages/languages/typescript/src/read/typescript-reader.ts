import type { SpecReader } from "@jaunt/core";
import { moduleIdOf } from "./module-id.ts";
import { outlineFile } from "./outline.ts";
import { readSpecModule } from "./read-spec-module.ts";
import { resolveSpecifier } from "./resolve-specifier.ts";

/** Reads TypeScript spec files: `X.jaunt.ts`, `.tsx`, `.mts` and `.cts`. */
export const typescriptReader: SpecReader = {
  apiVersion: 1,
  language: "typescript",
  version: "4",
  patterns: ["**/*.jaunt.ts", "**/*.jaunt.tsx", "**/*.jaunt.mts", "**/*.jaunt.cts"],
  read: readSpecModule,
  moduleId: moduleIdOf,
  resolve: resolveSpecifier,
  outline: outlineFile,
};
