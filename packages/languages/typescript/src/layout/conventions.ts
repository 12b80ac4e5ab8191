import type { Conventions, Layout, Rule, SpecModule } from "@jaunt/core";
import { effects } from "./effects.ts";
import { packageOf } from "./package-name.ts";
import { isRunner } from "./test-rules.ts";
import { scopeOf, typescriptSettings, type Scope } from "./settings.ts";

/** Ids of all rules that a TypeScript module can have. */
export type RuleId =
  | "exact-exports"
  | "verbatim-signatures"
  | "no-default-export"
  | "no-redeclare"
  | "no-relative-imports"
  | "no-undeclared-packages"
  | "no-dynamic-import"
  | "no-test-runner"
  | "must-assert"
  | "no-any"
  | "no-suppressions"
  | "no-eval"
  | "no-global-changes"
  | "no-fallback-implementations"
  | "no-files"
  | "no-network"
  | "no-processes"
  | "no-environment"
  | "compiler-flags";

/**
 * What generated code of a module may and must do. A rule about effects (`no-files`, `no-network`, `no-processes`,
 * `no-environment`) is absent when the spec itself imports or mentions the effect.
 */
export function conventions(module: SpecModule, layout: Layout): Conventions {
  const scope = scopeOf(module.path, typescriptSettings(layout.settings));
  const packages = allowedPackages(module, scope);
  return {
    language: "typescript",
    fence: module.path.endsWith("x") ? "tsx" : "ts",
    rules: rulesOf(module, scope, packages),
    packages,
    importStyle: importStyles[scope.specifierStyle],
  };
}

const importStyles: Readonly<Record<Scope["specifierStyle"], string>> = {
  js: "Relative import specifiers end in .js.",
  ts: "Relative import specifiers end in .ts.",
  none: "Relative import specifiers have no ending.",
};

function rulesOf(module: SpecModule, scope: Scope, packages: readonly string[]): readonly Rule[] {
  const rule = (id: RuleId, text: string): Rule => ({ id, text });
  const anyInSpec = module.specs.some((spec) => /\bany\b/.test(spec.signature));
  const isTest = module.role === "test";
  const flags = flagNames.filter((name) => scope.flags[name] === true);
  return [
    rule(
      "exact-exports",
      isTest
        ? "Export every test by its name, in its declaration, and export nothing else: what is under test is imported for you, never written."
        : "Export every spec by its name, in its declaration, and export nothing else: callers import exactly these names.",
    ),
    ...(isTest ? testRules.map(([id, text]) => rule(id, text)) : []),
    rule(
      "verbatim-signatures",
      "Copy each signature exactly as the spec has it: type parameters, parameter names, defaults, types, overloads. Callers compile against it, so a wider or narrower one is rejected.",
    ),
    rule("no-default-export", "Write no default export and no `export =`: the facade passes on named exports only."),
    rule(
      "no-redeclare",
      "Do not declare or shadow a name that the spec file declares or imports, not even as a parameter or local variable: it would mean something else there.",
    ),
    rule(
      "no-relative-imports",
      "Import nothing by a relative path, a path alias or the name of the spec file: every name of the spec file and of its dependencies is already in scope.",
    ),
    rule(
      "no-undeclared-packages",
      packages.length === 0
        ? "Import no packages, only Node built-ins as `node:path`: the project declares none, so nothing else would resolve."
        : `Import only Node built-ins, as \`node:path\`, and the packages that the project declares: ${packages.join(", ")}. Others would not resolve.`,
    ),
    rule(
      "no-dynamic-import",
      "Import by `import` statements at the top, never by `import()` or `require()`, so that every dependency can be seen.",
    ),
    rule(
      "no-any",
      anyInSpec
        ? "Use the type `any` only where a given signature has it; elsewhere use `unknown` and narrow it, because `any` switches the checks off."
        : "Never use the type `any`: it switches the checks off that prove the code. Use `unknown` and narrow it.",
    ),
    rule(
      "no-suppressions",
      "No @ts-ignore, @ts-expect-error, @ts-nocheck and no comment that switches a linter off: solve the problem that is reported.",
    ),
    rule("no-eval", "No `eval`, `new Function` or `node:vm`: code made at run time cannot be checked."),
    rule(
      "no-global-changes",
      "Change no globals and no built-in prototypes: other code of the program relies on them.",
    ),
    rule(
      "no-fallback-implementations",
      "One implementation only: no second one behind try/catch for the case that a dependency is missing, and no body that merely says it is not implemented. Failing loudly is better than diverging silently.",
    ),
    ...effects
      .filter((effect) => !effect.isStatedBy(module))
      .map((effect) =>
        rule(effect.rule, `${effect.prohibition}: the spec does not mention it, so callers would not expect it.`),
      ),
    ...(flags.length === 0
      ? []
      : [
          rule(
            "compiler-flags",
            `The code is compiled with ${flags.join(", ")}; it must be clean under each of them, unused names included.`,
          ),
        ]),
  ];
}

const testRules: readonly (readonly [RuleId, string])[] = [
  [
    "no-test-runner",
    "Assert with `node:assert/strict` (`deepEqual`, `throws`, `rejects`), which you import. Import no test runner and no other assertion library, and call no `test`, `it` or `describe`: each function is handed to the project's runner for you.",
  ],
  ["must-assert", "Every test asserts, itself or through a private helper: one that cannot fail tests nothing."],
];

const flagNames: readonly string[] = [
  "erasableSyntaxOnly",
  "exactOptionalPropertyTypes",
  "isolatedDeclarations",
  "isolatedModules",
  "noFallthroughCasesInSwitch",
  "noImplicitOverride",
  "noImplicitReturns",
  "noPropertyAccessFromIndexSignature",
  "noUncheckedIndexedAccess",
  "noUnusedLocals",
  "noUnusedParameters",
  "strict",
  "verbatimModuleSyntax",
];

function allowedPackages(module: SpecModule, scope: Scope): readonly string[] {
  const imported = module.outline.imports.map((binding) => packageOf(binding.specifier, scope));
  const names = new Set([...scope.dependencies, ...imported.filter((name) => name !== undefined)]);
  names.delete("@jaunt/spec");
  if (module.role === "test") for (const name of names) if (isRunner(name)) names.delete(name);
  return [...names].filter((name) => !name.startsWith("@types/")).sort();
}
