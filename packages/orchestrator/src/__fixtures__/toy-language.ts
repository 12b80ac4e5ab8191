import { posix } from "node:path";
import type { Artifact, Declaration, Diagnostic, Layout, Outline, ReadResult, SourceFile, Spec, SpecModule, SpecReader, Target, TargetIo, Use } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import type { Language } from "../project.ts";

/*
 * A language of lines, to show that nothing here knows TypeScript:
 *
 *   # a comment
 *   use ./other name            name of another spec or type file
 *   type Name = number          a hand-written type
 *   spec double(number) -- Twice the number. Uses {@link name}.
 *
 * is implemented by `fn double(number) = other@number + 1`, where `other@number` holds as long as the signature of `other` mentions
 * `number`.
 */

/** What the toy target did, for tests that count. */
export interface ToyLog {
  reads: string[];
  checks: string[];
  fileChecks: string[][];
}

/** The toy language with a log of its work. */
export function createToyLanguage(): { readonly language: Language; readonly log: ToyLog } {
  const log: ToyLog = { reads: [], checks: [], fileChecks: [] };
  return { log, language: { reader: createReader(log), createTarget: () => createTarget(log) } };
}

function createReader(log: ToyLog): SpecReader {
  return {
    apiVersion: 1,
    language: "toy",
    version: "1",
    patterns: ["**/*.toy"],
    moduleId: (path) => (path.endsWith(".toy") ? path.slice(0, -4) : undefined),
    read(file, layout) {
      log.reads.push(file.path);
      return readToy(file, layout);
    },
    resolve(specifier, from) {
      const base = posix.join(posix.dirname(from), specifier);
      return [`${base}.out`, `${base}.types`];
    },
    outline: (file) => outlineOf(file),
  };
}

function readToy(file: SourceFile, layout: Layout): ReadResult {
  const id = file.path.slice(0, -4);
  const bad = file.text.split("\n").findIndex((line) => !/^(use \S+ \w+|type \w+ = .+|spec \w+\([^)]*\) -- .*|\s*#.*|\s*)$/.test(line));
  if (bad !== -1) return { diagnostics: [error("spec/syntax", "This line means nothing.", file.path, bad + 1)] };
  const specs = [...file.text.matchAll(/^spec (\w+)(\([^)]*\)) -- (.*)$/gm)].map(([whole, name = "", signature = "", doc = ""], index): Spec => ({
    ref: `${id}:${name}`,
    name,
    kind: "function",
    form: "declare",
    spans: [{ start: index, end: index + whole.length }],
    signature: `${name}${signature}`,
    signatureDigest: digest("toy.signature", [signature]),
    doc,
    prompts: [],
    examples: [],
    members: [],
    uses: [...namesIn(signature, "signature"), ...[...doc.matchAll(/\{@link (\w+)\}/g)].map(([, link = ""]): Use => ({ path: [link], via: "link" }))],
    keptDigest: "",
  }));
  if (specs.length === 0) return { diagnostics: [] };
  const role = layout.testRoots.some((root) => file.path.startsWith(`${root}/`)) ? "test" : "build";
  const module: SpecModule = { id, path: file.path, language: "toy", role, specs, outline: outlineOf(file) };
  return { module, diagnostics: [] };
}

function outlineOf({ text }: SourceFile): Outline {
  return {
    imports: [...text.matchAll(/^use (\S+) (\w+)$/gm)].map(([, specifier = "", local = ""]) => ({ local, imported: local, specifier, typeOnly: false })),
    reexports: [],
    declarations: [...text.matchAll(/^type (\w+) = (.+)$/gm)].map(([, name = "", value = ""]): Declaration => {
      const typeDigest = digest("toy.type", [value]);
      return { name, kind: "type", exported: true, digest: typeDigest, typeDigest, uses: namesIn(value, "signature") };
    }),
  };
}

function namesIn(text: string, via: Use["via"]): readonly Use[] {
  return [...new Set(text.match(/[A-Za-z_]\w*/g) ?? [])].map((name) => ({ path: [name], via }));
}

function createTarget(log: ToyLog): Target {
  return {
    apiVersion: 1,
    language: "toy",
    lineComment: "#",
    configure(io) {
      const strict = io.readText("toy.config") ?? "";
      const diagnostics = strict === "broken" ? [error("toy/config", "The configuration is broken.", "toy.config", 1)] : [];
      return Promise.resolve({ settings: { strict }, diagnostics, consulted: ["toy.extra"] });
    },
    place(module, layout) {
      const folder = posix.dirname(module.path);
      const name = `${posix.basename(module.path, ".toy")}.out`;
      return { generated: posix.join(folder, layout.generatedDir, name), facade: posix.join(folder, name) };
    },
    conventions: (module) => ({
      language: "toy",
      fence: "ts",
      rules: [...(module.specs.some(({ signature }) => signature.includes("loose")) ? [] : [{ id: "lines", text: "One line a function." }]), ...(module.id.includes("special") ? [{ id: "special", text: "Be special." }] : [])],
      packages: [],
      importStyle: "Specifiers have no ending.",
    }),
    compose({ module, text }, body, layout): readonly Artifact[] {
      const { generated, facade } = this.place(module, layout);
      const uses = text.split("\n").filter((line) => line.startsWith("use "));
      const code = body ?? module.specs.map((spec) => `fn ${spec.signature} = not built\n`).join("");
      return [
        { kind: body === null ? "placeholder" : "build", module: module.id, path: generated, text: [...uses.map((use) => `${use}\n`), code].join(""), once: false },
        { kind: "facade", module: module.id, path: facade ?? "", text: `pass ${layout.generatedDir}/${posix.basename(generated)}\n`, once: true },
      ];
    },
    tokens: (text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")).join("\n"),
    checkFacade(module, text, layout) {
      const { generated, facade = "" } = this.place(module, layout);
      const line = `pass ${layout.generatedDir}/${posix.basename(generated)}`;
      return text.includes(line) ? [] : [{ ...error("facade/not-passed-on", `${facade} does not pass on ${module.id}.`, facade, 1), hint: `Add: ${line}` }];
    },
    check({ source, body }, io) {
      const { module } = source;
      log.checks.push(module.id);
      const problems = module.specs.flatMap((spec) => {
        const found = body.split("\n").findIndex((line) => line.startsWith(`fn ${spec.name}(`));
        if (found === -1) return [error("exports/missing", `${spec.name} is missing.`, `${module.id}.reply`, 1)];
        const line = body.split("\n")[found] ?? "";
        return line.startsWith(`fn ${spec.signature} = `) ? [] : [error("conformance/signature", `${spec.name} has another signature.`, `${module.id}.reply`, found + 1)];
      });
      if (problems.length > 0) return Promise.resolve(problems);
      return Promise.resolve(typeErrors(`${source.text}\n${body}`, module.path, `${module.id}.reply`, io));
    },
    checkFiles(paths, layout, io) {
      log.fileChecks.push([...paths]);
      return Promise.resolve(
        paths.flatMap((path) => {
          const near = path.replace(`/${layout.generatedDir}/`, "/");
          return typeErrors(io.readText(path) ?? "", near, path, io);
        }),
      );
    },
  };
}

/** `other@number` needs `other` to be in scope and its signature to mention `number`. */
function typeErrors(text: string, from: string, file: string, io: TargetIo): readonly Diagnostic[] {
  const uses = new Map([...text.matchAll(/^use (\S+) (\w+)$/gm)].map(([, specifier = "", name = ""]) => [name, specifier]));
  return text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/(\w+)@(\w+)/g)].flatMap(([, name = "", type = ""]) => {
      const specifier = uses.get(name);
      if (specifier === undefined) return [error("types/unknown", `${name} is not in scope.`, file, index + 1)];
      const spec = io.readText(`${posix.join(posix.dirname(from), specifier)}.toy`) ?? "";
      return new RegExp(`^spec ${name}\\([^)]*\\b${type}\\b`, "m").test(spec) ? [] : [error("types/mismatch", `${name} does not take ${type}.`, file, index + 1)];
    }),
  );
}

function error(code: string, message: string, file: string, line: number): Diagnostic {
  return { code, severity: "error", message, file, start: { line, column: 1, offset: 0 } };
}
