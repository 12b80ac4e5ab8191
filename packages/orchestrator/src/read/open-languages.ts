import {
  JauntError,
  type Diagnostic,
  type Layout,
  type Role,
  type SpecModule,
  type SpecReader,
  type Target,
} from "@jaunt/core";
import type { PathsConfig } from "@jaunt/core/config";
import type { FileLedger } from "../cache/file-ledger.ts";
import type { Roots } from "../discover/expand-roots.ts";
import type { ProjectContext } from "../project-context.ts";

/** A language that this project uses, with its layout. */
export interface OpenLanguage {
  readonly reader: SpecReader;
  readonly target: Target;
  readonly layout: Layout;
}

/** Languages with what their targets had to say of the project's configuration. */
export interface OpenLanguages {
  readonly languages: readonly OpenLanguage[];
  readonly diagnostics: readonly Diagnostic[];
  /** Files, there or not, that decide how the project is read and checked as a whole. */
  readonly configurationFiles: readonly string[];
}

/**
 * Opens every language that has spec files among `files`, or all of them when there is none.
 * @throws {JauntError} when a plug-in speaks another version of the ports
 */
export async function openLanguages(
  context: ProjectContext,
  roots: Roots,
  files: readonly string[],
  ledger: FileLedger,
): Promise<OpenLanguages> {
  const languages: OpenLanguage[] = [];
  const diagnostics: Diagnostic[] = [];
  const io = context.io(ledger);
  const consulted = new Set<string>();
  const readText = (path: string): string | undefined => {
    consulted.add(path);
    return io.readText(path);
  };
  for (const language of context.options.languages) {
    const { reader } = language;
    const own = files.filter((path) => reader.moduleId(path) !== undefined);
    if (own.length === 0 && files.length > 0) continue;
    const target = await context.target(language);
    refuseOtherVersion(reader, target);
    const configured = await target.configure({ ...io, readText }, own);
    diagnostics.push(...configured.diagnostics);
    for (const path of configured.consulted ?? []) {
      ledger.exists(path);
      consulted.add(path);
    }
    const layout = {
      sourceRoots: roots.source,
      testRoots: roots.test.length > 0 ? roots.test : futureTestRoot(context.config.paths),
      generatedDir: context.config.paths.generated_dir,
      testRunner: context.config.test.runner,
      settings: configured.settings,
    };
    languages.push({ reader, target, layout });
  }
  return { languages, diagnostics, configurationFiles: [...consulted].sort() };
}

/** Where the first generated tests of a project without a test root go. */
function futureTestRoot({ test_roots: roots }: PathsConfig): readonly string[] {
  return roots.filter((root) => !/[*?]/.test(root)).slice(0, 1);
}

/** The language whose spec file this is. */
export function languageOf<Item extends { readonly reader: SpecReader }>(
  path: string,
  languages: readonly Item[],
): Item | undefined {
  return languages.find(({ reader }) => reader.moduleId(path) !== undefined);
}

/** A module without contents, for questions that only its place can answer. */
export function emptyModule(id: string, path: string, language: string, role: Role = "build"): SpecModule {
  return { id, path, language, role, specs: [], outline: { imports: [], reexports: [], declarations: [] } };
}

function refuseOtherVersion(reader: SpecReader, target: Target): void {
  // Plug-ins come from packages of any version, whatever the types say.
  const versions: readonly number[] = [reader.apiVersion, target.apiVersion];
  if (versions.every((version) => version === 1)) return;
  throw new JauntError(
    `The plug-in for ${reader.language} speaks version ${versions.join(" and ")} of Jaunt's interfaces, not 1.`,
    {
      code: "plugin-version",
      hint: "Install a version of the plug-in that fits this Jaunt.",
      exitCode: 2,
    },
  );
}
