import type { Conventions, Diagnostic, PromptPart, Rule, SpecModule } from "@jaunt/core";
import { delimit } from "./delimit.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { fillTemplate } from "./fill-template.ts";
import { ownRules } from "./shared-conventions.ts";
import type { Templates } from "./templates.ts";

/** What a dependency promises: refs, signatures and docs as the spec file has them. */
export interface DependencyContract {
  readonly ref: string;
  readonly signature: string;
  readonly doc: string;
}

/** A text of the project with its path: a dependency's generated source, a type file. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** What callers can import from a module. */
export interface FacadeExports {
  readonly path: string;
  readonly names: readonly string[];
}

/** An attempt that was turned down. */
export interface EarlierAttempt {
  readonly source: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RenderInput {
  readonly templates: Templates;
  readonly module: SpecModule;
  /** Text of the spec file. */
  readonly text: string;
  readonly conventions: Conventions;
  /** What the conventions of all modules of the language agree on: the part of the prompt that never changes. */
  readonly shared: Conventions;
  /** Direct dependencies, in code-unit order of their refs. */
  readonly contracts: readonly DependencyContract[];
  /** What the dependencies export, for tests; empty for code. */
  readonly exports: readonly FacadeExports[];
  /** Generated sources of dependencies, nearest first; cut whole file by whole file at `maxDependencyTokens`. */
  readonly sources: readonly NamedText[];
  readonly maxDependencyTokens: number;
  /** Hand-written project types that the signatures reach, by file. */
  readonly types: readonly NamedText[];
  /** Hand-written files that tests are about; empty for code. */
  readonly handWritten: readonly NamedText[];
  /** Source of the module as it is built now, without header; undefined before a first build. */
  readonly previous: string | undefined;
  readonly attempts: readonly EarlierAttempt[];
  /** Names of the specs to write: all, or those whose neighbours stay as they are built. */
  readonly asked: readonly string[];
}

/**
 * The prompt of one attempt, ordered from what never changes to what always does, so that a provider's prefix cache works:
 * everything up to the first `module` part is byte-equal for every module of a build.
 */
export function renderPrompt(input: RenderInput): readonly PromptPart[] {
  const { templates, shared } = input;
  const system = fillTemplate(templates.system, {
    language: shared.language,
    fence: shared.fence,
    rules: shared.rules.map(renderRule).join("\n"),
    import_style: shared.importStyle === "" ? "Imports look as in the spec file." : shared.importStyle,
    extra_system: templates.extraSystem === "" ? "" : `\n# Of this project\n\n${templates.extraSystem}`,
  });
  const parts: readonly (PromptPart | undefined)[] = [
    { name: "rules", role: "system", stability: "project", text: system },
    userPart("dependency-contracts", "module", "What the dependencies promise", input.contracts.map(renderContract)),
    userPart("dependency-exports", "module", "What their modules export", input.exports.map(renderExports)),
    userPart("dependency-sources", "module", "How the dependencies are implemented at present", renderSources(input)),
    userPart("types", "module", "Types of the project that the signatures use", input.types.map(renderText)),
    userPart(
      "hand-written",
      "module",
      "Hand-written code that the spec file imports",
      input.handWritten.map(renderText),
    ),
    { name: "module", role: "user", stability: "module", text: renderModule(input) },
    userPart("previous", "module", previousTitle(input), renderPrevious(input)),
    userPart(
      "attempts",
      "attempt",
      "Earlier replies that were turned down",
      input.attempts.map((attempt, index) => renderAttempt(attempt, index, keptOf(input).length > 0)),
    ),
  ];
  return parts.filter((part) => part !== undefined);
}

function userPart(
  name: string,
  stability: PromptPart["stability"],
  title: string,
  texts: readonly string[],
): PromptPart | undefined {
  if (texts.length === 0) return undefined;
  return { name, role: "user", stability, text: `# ${title}\n\n${texts.join("\n\n")}\n` };
}

function renderContract({ ref, signature, doc }: DependencyContract): string {
  return delimit(
    `contract of ${ref}`,
    doc === "" ? signature : `/**\n${doc.replaceAll(/^/gm, " * ")}\n */\n${signature}`,
  );
}

function renderSources({ sources, maxDependencyTokens }: RenderInput): readonly string[] {
  let left = maxDependencyTokens;
  const shown: string[] = [];
  for (const source of sources) {
    const cost = estimateTokens(source.text);
    if (cost > left) continue;
    left -= cost;
    shown.push(renderText(source));
  }
  return shown;
}

function renderText({ path, text }: NamedText): string {
  return delimit(`file ${path}`, text);
}

function renderExports({ path, names }: FacadeExports): string {
  return `- \`${path}\`: ${names.map((name) => `\`${name}\``).join(", ")}`;
}

function renderRule({ text }: Rule): string {
  return `- ${text}`;
}

function renderModule({ templates, module, text, conventions, shared, asked }: RenderInput): string {
  const rules = ownRules(conventions, shared).map(renderRule);
  if (conventions.fence !== shared.fence) rules.push(`- Mark the code block \`${conventions.fence}\`.`);
  const specs = module.specs.filter(({ name }) => asked.includes(name));
  const instructions = specs.flatMap((spec) => spec.prompts.map((prompt) => `- \`${spec.name}\`: ${prompt}`));
  const filled = fillTemplate(templates.module, {
    module: module.id,
    path: module.path,
    specs: specs.map((spec) => `- ${spec.kind} \`${spec.name}\`${membersOf(spec)}`).join("\n"),
    packages: conventions.packages.length === 0 ? "none" : conventions.packages.map((name) => `\`${name}\``).join(", "),
    rules: rules.length === 0 ? "" : `\n\nRules of this module:\n\n${rules.join("\n")}`,
    prompts: instructions.length === 0 ? "" : `\n\nThe author asks besides:\n\n${instructions.join("\n")}`,
  });
  return `${filled}\n${delimit(`file ${module.path}`, text)}\n`;
}

function membersOf(spec: SpecModule["specs"][number]): string {
  if (spec.kind !== "class" || spec.form === "declare") return "";
  const names = spec.members.filter((member) => member.generated).map((member) => `\`${member.name}\``);
  return `: write ${names.join(", ")}; the other members are written already`;
}

function keptOf({ module, asked }: RenderInput): readonly string[] {
  return module.specs.map(({ name }) => name).filter((name) => !asked.includes(name));
}

function previousTitle(input: RenderInput): string {
  const kept = keptOf(input).map((name) => `\`${name}\``);
  if (kept.length === 0) return "The module as it is built now; keep what the spec still asks for";
  return `The module as it is built now. ${kept.join(", ")} and the helpers they use stay byte for byte: call them, leave them out, do not declare them again`;
}

function renderPrevious({ previous, module }: RenderInput): readonly string[] {
  return previous === undefined ? [] : [delimit(`built ${module.id}`, previous)];
}

function renderAttempt({ source, diagnostics }: EarlierAttempt, index: number, inPart: boolean): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").map(renderDiagnostic);
  const attempt = `attempt ${String(index + 1)}`;
  const wanted = inPart
    ? "Above, your reply is joined with what stays. Reply with your corrected part only."
    : "Reply with the whole corrected source.";
  return `${delimit(attempt, source)}\n\nWas turned down:\n\n${errors.join("\n")}\n\n${wanted}`;
}

function renderDiagnostic({ code, message, start, hint }: Diagnostic): string {
  const place = start === undefined ? "" : `line ${String(start.line)}, column ${String(start.column)}: `;
  return `- ${place}${message} [${code}]${hint === undefined ? "" : ` ${hint}`}`;
}
