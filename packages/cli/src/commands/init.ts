import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JauntError } from "@jaunt/core";
import type { GlobalOptions, InitOptions } from "../command-line/invocation.ts";
import { askChoices, type Settled } from "../init/ask.ts";
import { configText, type InitChoices } from "../init/config-text.ts";
import { detectProject, type DetectedProject } from "../init/detect-project.ts";
import { exampleSpec } from "../init/example-spec.ts";
import { withJauntIgnored } from "../init/git-ignore.ts";
import { ignoreLines } from "../init/ignore-lines.ts";
import type { ProviderEntry, ProviderTable } from "../plugins/providers.ts";
import { configFile, existingFolder } from "../project/find-root.ts";
import { installLine } from "../project/install-line.ts";
import { splitSpecifier } from "../project/resolve-module.ts";
import type { InitReport } from "../report.ts";
import { isInteractive } from "../terminal.ts";
import type { CommandContext } from "./command-context.ts";

/** Sets a project up. Nothing that exists is changed, but for two lines in .gitignore. */
export async function runInit(
  options: InitOptions,
  globals: GlobalOptions,
  { terminal, services }: CommandContext,
): Promise<InitReport> {
  const root = existingFolder(terminal.cwd, globals.root);
  refuseExisting(root);
  refuseUnusable(options.provider, services.providers);
  const detected = detectProject(root);
  const settled: Settled = {
    sourceRoots: rootsOfLayout(options.layout),
    provider: options.provider,
    example: options.example,
  };
  const asks = !options.yes && !globals.json && isInteractive(terminal);
  const choices = asks ? await askChoices(detected, settled, terminal) : defaultChoices(detected, settled);
  return writeProject(root, choices, detected, services.providers);
}

function rootsOfLayout(layout: InitOptions["layout"]): readonly string[] | undefined {
  return layout === undefined ? undefined : layout === "flat" ? ["."] : ["src"];
}

function defaultChoices(
  detected: DetectedProject,
  { sourceRoots, provider, example }: Settled,
): InitChoices & { readonly example: boolean } {
  return {
    sourceRoots: sourceRoots ?? detected.sourceRoots,
    testRoots: detected.testRoots,
    provider: provider ?? "auto",
    example,
  };
}

function refuseExisting(root: string): void {
  if (!existsSync(join(root, configFile))) return;
  throw new JauntError(`${configFile} already exists in ${root}.`, {
    code: "init-exists",
    exitCode: 2,
    hint: "Nothing was changed. Edit it by hand, or remove it first; `jaunt doctor` says whether the project is set up well.",
  });
}

function refuseUnusable(provider: string | undefined, providers: ProviderTable): void {
  if (provider !== "") return;
  throw new JauntError("The provider's name is empty.", {
    code: "provider-missing",
    exitCode: 2,
    hint: `Name auto, ${Object.keys(providers).join(", ")} or the module of a plug-in.`,
  });
}

function writeProject(
  root: string,
  choices: InitChoices & { readonly example: boolean },
  detected: DetectedProject,
  providers: ProviderTable,
): InitReport {
  const written: string[] = [];
  const kept: string[] = [];
  const notes: string[] = [];
  (create(root, configFile, configText(choices)) ? written : kept).push(configFile);
  if (choices.example) {
    const folder = choices.sourceRoots.find((candidate) => !candidate.includes("*"));
    if (folder === undefined)
      notes.push(`No example was written: ${choices.sourceRoots.join(", ")} names no single folder.`);
    else {
      const path = folder === "." ? exampleSpec.name : `${folder}/${exampleSpec.name}`;
      (create(root, path, exampleSpec.text) ? written : kept).push(path);
    }
  }
  (ignoreJauntFolder(root) ? written : kept).push(".gitignore");
  if (!detected.hasTsconfig)
    notes.push("There is no tsconfig.json; the checks need one that includes the spec files (`npx tsc --init`).");
  if (!detected.hasManifest) notes.push("There is no package.json; `npm init` writes one.");
  const entry = Object.hasOwn(providers, choices.provider) ? providers[choices.provider] : undefined;
  if (entry?.needsModel === true) {
    notes.push(`${choices.provider} has no default model; set model and base_url in ${configFile}.`);
  }
  return {
    schema: "jaunt.init/1",
    command: "init",
    written,
    kept,
    source_roots: choices.sourceRoots,
    test_roots: choices.testRoots,
    provider: choices.provider,
    install: installLine(root, ["@jaunt/cli", "@jaunt/spec", ...backendPackage(choices.provider, entry)]),
    ignore_lines: ignoreLines(detected.tools),
    notes,
  };
}

/** What the provider needs besides the command line. */
function backendPackage(provider: string, entry: ProviderEntry | undefined): readonly string[] {
  if (entry !== undefined) return entry.included ? [] : [entry.packageName];
  return provider === "auto" || provider.startsWith(".") ? [] : [splitSpecifier(provider).name];
}

/** Writes a file unless there is one. */
function create(root: string, path: string, text: string): boolean {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function ignoreJauntFolder(root: string): boolean {
  const file = join(root, ".gitignore");
  const text = withJauntIgnored(existsSync(file) ? readFileSync(file, "utf8") : "");
  if (text === undefined) return false;
  writeFileSync(file, text);
  return true;
}
