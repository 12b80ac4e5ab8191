import { backendErrors } from "./backend-errors.ts";

/** A family of diagnostics: the first part of their codes. */
export interface DiagnosticFamily {
  /** What they are about and who has to act. */
  readonly about: string;
  /** By the second part of the code: what it means and what to do. */
  readonly codes: Readonly<Record<string, string>>;
}

const byModel =
  "It goes back to the model with the next attempt. When the last attempt fails of it, say in the spec what the model keeps missing.";

/** Every family of diagnostic codes. `*` stands for numbers that another program gives. */
export const diagnosticFamilies: Readonly<Record<string, DiagnosticFamily>> = Object.freeze({
  spec: {
    about: "A spec file cannot be read as it stands. Edit the spec file; its module is left alone until then.",
    codes: {
      syntax: "The file is no TypeScript. Mend the syntax error.",
      "merge-conflict": "The file holds conflict markers. Resolve the conflict.",
      "invalid-text": "The file holds characters that no source has. Save it as UTF-8 text.",
      none: "The file declares nothing for Jaunt to write. Add a spec, or rename the file.",
      duplicate: "A name is declared, imported or exported twice. Keep one.",
      "default-export": "A spec cannot be a default export. Export it by name.",
      "export-assignment": "`export =` cannot be a spec. Export by name.",
      "not-exported": "A spec is not exported, so nobody can import it. Export it.",
      "renamed-export": "A spec is exported under another name. Export it in its declaration.",
      "not-const": "A spec that is a value must be a `const`.",
      "partial-magic": "`magic(...)` is not the whole body. Let it stand alone.",
      "hidden-value": "Generated code needs a hand-written value that is not exported. Export it.",
      "value-uses-spec": "A hand-written value runs a spec while the file loads. Run it inside a function.",
      "ambient-context": "A hand-written declaration is only ambient, so no value is there at run time.",
      "no-test": "A module of tests declares no test. Add one with `test(...)`.",
      "declare-async": "`declare` goes without `async`. Say it in the return type.",
      "declare-generator": "`declare` goes without `*`. Say it in the return type.",
      "declare-default": "`declare` goes without default values. Make the parameter optional.",
      "declare-body": "`declare` goes without a body. Leave it out, or use `magic()`.",
      "declare-initializer": "`declare` goes without a value. Say its type instead.",
    },
  },
  file: {
    about: "A spec file cannot be read at all.",
    codes: {
      unreadable: "It may not be opened. Make it readable for you.",
      "invalid-utf8": "It is no UTF-8. Save it as UTF-8.",
      "utf-16": "It is UTF-16. Save it as UTF-8.",
    },
  },
  discover: {
    about: "Looking for spec files met something in the way.",
    codes: {
      "duplicate-module": "Two files are the same module. Rename one.",
      "unreadable-folder": "A folder may not be read. Make it readable, or leave it out of `[paths]`.",
    },
  },
  graph: {
    about: "What specs need of each other.",
    codes: {
      cycle: "Specs need each other in a circle. Break it where the hint says.",
      unresolved:
        "A name in a doc comment or an input stands for nothing that Jaunt knows. Information; --verbose shows it.",
      "needs-test": "Code needs a module of tests. Move what both share into a module of code.",
    },
  },
  select: {
    about: "What was selected.",
    codes: { nothing: "The selectors leave no module. Nothing was done." },
  },
  package: {
    about: "A package.json that decides how code is checked.",
    codes: { broken: "It is no JSON. Mend it." },
  },
  tsconfig: {
    about: "The tsconfig that spec files are checked by.",
    codes: {
      broken: "It cannot be read. Mend it; `tsc --showConfig` helps.",
      missing: "There is none. Write one that includes the spec files (`npx tsc --init`).",
      "not-included": "No tsconfig includes the file. Add it to `include`.",
    },
  },
  layout: {
    about: "Where generated files and facades stand.",
    codes: {
      facade: "A file of yours is where the facade has to be. Move it, or let it pass on the generated names.",
      "load-order": "Modules import each other in a circle, and one is used before it has loaded. Break the circle.",
    },
  },
  reply: {
    about: `The model's reply is not of the form that was asked for. ${byModel}`,
    codes: {
      empty: "The code block is empty.",
      "no-code": "There is no code block.",
      "several-fences": "There are several code blocks.",
      "unclosed-fence": "The code block has no end.",
      "unclosed-thought": "The reply ends in the middle of the model's thoughts.",
      "wrong-language": "The code block is in another language.",
      truncated:
        "The reply was cut off by a limit on its length. Split the module, or take a model with longer replies.",
      refusal: "The model refused to answer. Look at what the spec asks for.",
      "changed-helper": "A helper of code that stays was changed. The module is then asked for as a whole.",
    },
  },
  parse: {
    about: `The reply's source cannot be parsed. ${byModel}`,
    codes: {
      syntax: "It has a syntax error.",
      empty: "It holds no statement.",
      truncated: "It ends in the middle of a statement.",
      "body-only": "It holds a function's body without its function.",
    },
  },
  exports: {
    about: `The reply does not export exactly what the spec declares. ${byModel}`,
    codes: {
      missing: "A spec is not exported.",
      extra: "Something is exported that is no spec.",
      duplicate: "A name is declared twice.",
      default: "There is a default export.",
      assignment: "There is an `export =`.",
      list: "A spec is exported by a list, not in its declaration.",
      star: "There is an `export *`.",
      redeclare: "A name of the spec file is declared again.",
      shadow: "A local name hides one of the spec file.",
      "own-import": "A spec is imported in place of being written.",
      "other-meaning": "An import gives a name another meaning than it has in the spec file.",
    },
  },
  conformance: {
    about: `A signature is not the spec's, word for word. ${byModel}`,
    codes: {
      signature: "The signature differs.",
      overloads: "The overloads differ.",
      kind: "A function is a class, or the like.",
      heading: "The heading of a class differs.",
      body: "A body is missing, or is where none belongs.",
      "missing-member": "A member of a class is missing.",
      "extra-member": "A class has a public member more.",
      "member-kind": "A member is of another kind: a method for a getter.",
      "kept-member": "A member that you wrote by hand was changed.",
    },
  },
  policy: {
    about: `The reply does what the prompt forbids. ${byModel} A rule on effects does not hold where the spec itself names the effect.`,
    codes: {
      "no-relative-imports": "It imports a file of the project.",
      "no-undeclared-packages": "It imports a package that package.json does not name.",
      "no-dynamic-import": "It imports at run time.",
      "must-assert": "A test asserts nothing, so it can never fail.",
      "no-any": "It uses the type `any` where the signature does not.",
      "no-suppressions": "It switches a check off by a comment.",
      "no-eval": "It makes code of text.",
      "no-global-changes": "It changes something global.",
      "no-fallback-implementations": "It hides a failure behind a made-up result.",
      "no-files": "It touches files.",
      "no-network": "It uses the network.",
      "no-processes": "It starts programs or ends the process.",
      "no-test-runner": "Code uses a test runner, or a test another one than the project's.",
      "no-environment": "It reads environment variables.",
    },
  },
  advice: {
    about: "What the model said beside its code.",
    codes: { needs: "It names what it lacked. Add that to the spec, or export it to it." },
  },
  types: {
    about: `TypeScript's own errors, by their numbers. ${byModel} Of a module that was current, \`jaunt build\` builds it anew.`,
    codes: { "*": "As the compiler says: `types/2322` is TS2322." },
  },
  verify: {
    about: "The spec's examples and properties, run against generated code.",
    codes: {
      example: `An example does not come out as the spec says. ${byModel}`,
      property: `A property does not hold; the message shows values for which it fails. ${byModel}`,
      test: `A generated test fails. ${byModel}`,
      "not-run": "An example could not be run here. Information, with the reason.",
      "not-checked": "An example is documentation only: no call and result could be read from it.",
    },
  },
  lint: {
    about: "What `jaunt lint` finds: how much of a spec is checked. Edit the spec file.",
    codes: {
      "no-doc": "A spec has no doc comment. Say what a caller may rely on.",
      "no-examples": "A spec has no example and no property that is checked. Add one.",
      "unchecked-example":
        "An example is documentation only, for the reason that is given. Write a call with what it comes to.",
      "unchecked-property": "A property is documentation only, for the reason that is given.",
      "uncovered-promise": "No example or property shows what a sentence of the docs promises. Add one.",
      "contradicting-examples": "Two examples cannot both hold. Correct one.",
      "argument-count":
        "An example calls with another number of arguments than the signature has. Correct one of them.",
      "unknown-error": "The docs name an error that nobody can import. Import it, declare it, or correct its name.",
      "test-without-target": "A test spec names no spec that it tests. Give its targets.",
      "test-says-nothing": "A test spec does not say what must hold. Say it in a sentence.",
      "verify-off": "Builds run no examples, for `[build] verify` is `types`.",
    },
  },
  test: {
    about: "What `jaunt test` needs before tests can run.",
    codes: {
      "no-runner": "The language's plug-in cannot run tests. Install a version that can.",
      "runner-missing": "The test runner that generated tests import is not installed. Run the install line.",
    },
  },
  suite: {
    about: "The run of a test file as a whole, beside its single tests.",
    codes: {
      "runner-missing": "The test runner is not installed. Run the install line, or set `[test] runner`.",
      "package-missing": "Files of properties need `fast-check`, which is not installed. Run the install line.",
      "runner-failed": "The test runner itself failed, with the words that follow.",
      "not-loaded": "A test file could not be loaded. Its error follows.",
      "not-run": "A file was run without some of its tests. Look for a filter in the runner's configuration.",
      "no-tests": "A file has no tests.",
      "ended-early": "The run of a file ended before its tests did, for example by `process.exit`.",
      failed: "The runner says that a file failed, and names no test.",
      broken: "A file failed outside of its tests.",
    },
  },
  mutation: {
    about: "What `jaunt test --mutants` could not do.",
    codes: {
      failing: "A test fails on the code as it is, so its module has no mutants. Mend that first.",
      untested:
        "A module has no example, property or test that can run, so all its mutants survive. Add an `@example`.",
    },
  },
  backend: {
    about: "The call for one module failed; others went on. The second part is that of the error `backend-…` above.",
    codes: Object.fromEntries(
      Object.entries(backendErrors)
        // A key that is refused stops the whole build.
        .filter(([code]) => code !== "backend-auth")
        .map(([code, { means, mend }]) => [code.replace("backend-", ""), `${means} ${mend}`]),
    ),
  },
  build: {
    about: "What a build did beside generating.",
    codes: {
      backup: "An edited file was replaced by --force; the message says where its copy is.",
      restamped: "A dependency changed in words only, and the module was kept. Read whether it still means the same.",
    },
  },
  internal: {
    about: "A check itself broke.",
    codes: { check: "This is a bug in Jaunt or in a language's plug-in. Please report it." },
  },
  watch: {
    about: "What a watch leaves alone.",
    codes: {
      edited: "A generated file was edited by hand. `jaunt why` says what to do.",
      orphaned: "A generated file has no spec any more. `jaunt clean --orphans` removes it.",
    },
  },
});
