import type { Role, SpecModule } from "@jaunt/core";
import { formatHeader, type Generator, type Header } from "@jaunt/core/header";
import type { ModuleDigests } from "@jaunt/core/plan";

/** Header of a placeholder, which promises nothing. */
export function placeholderHeader(module: SpecModule, toolVersion: string, lineComment: string): string {
  return formatHeader({ ...headerBase(module, toolVersion), kind: "placeholder" }, lineComment);
}

/** Header of a built file of code or of tests: what it was built from, and digests that show an edit. */
export function buildHeader(
  module: SpecModule,
  kind: Role,
  digests: ModuleDigests,
  body: Pick<Header, "bodyDigest" | "bodyBytes">,
  generator: Generator | undefined,
  toolVersion: string,
  lineComment: string,
): string {
  const { moduleDigest, parts } = digests;
  const header: Header = {
    ...headerBase(module, toolVersion),
    kind,
    moduleDigest,
    ...body,
    parts,
    ...(generator === undefined ? {} : { generator }),
  };
  return formatHeader(header, lineComment);
}

function headerBase(
  module: SpecModule,
  toolVersion: string,
): Pick<Header, "toolVersion" | "sourceModule" | "sourcePath" | "specRefs"> {
  return {
    toolVersion,
    sourceModule: module.id,
    sourcePath: module.path,
    specRefs: module.specs.map(({ ref }) => ref),
  };
}
