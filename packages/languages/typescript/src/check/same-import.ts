import type { ImportRequest } from "../compose/imports.ts";
import { place } from "../layout/place.ts";
import { withoutEnding } from "../layout/specifier.ts";
import { resolveSpecifier } from "../read/resolve-specifier.ts";
import type { Reply } from "./reply.ts";

/** Whether an import of the reply says what the spec file's own import or declaration of that name says already. */
export function isRedundantImport(request: ImportRequest, reply: Reply): boolean {
  const { spec } = reply;
  if (spec.handWritten.has(request.local))
    return request.imported === request.local && leadsToOwnModule(request.specifier, reply);
  const known = spec.imports.find((other) => other.local === request.local);
  if (known === undefined || known.imported !== request.imported) return false;
  const wanted = targetsOf(known.specifier, spec.module.path, reply);
  return targetsIn(request.specifier, reply).some((target) => wanted.includes(target));
}

/** Whether a specifier of the reply means the spec file, the facade or the generated file of its own module. */
export function leadsToOwnModule(specifier: string, reply: Reply): boolean {
  const { module } = reply.spec;
  const { generated, facade } = place(module, reply.candidate.layout);
  const files = facade === undefined ? [module.path, generated] : [module.path, generated, facade];
  const own = new Set(files.map(moduleOf));
  return targetsIn(specifier, reply).some((target) => own.has(target));
}

/** A model sees the spec file but writes the generated one, so a relative path may be meant from either. */
function targetsIn(specifier: string, reply: Reply): readonly string[] {
  const { module } = reply.spec;
  const { generated } = place(module, reply.candidate.layout);
  return [...targetsOf(specifier, module.path, reply), ...targetsOf(specifier, generated, reply)];
}

function targetsOf(specifier: string, from: string, { candidate }: Reply): readonly string[] {
  const files = resolveSpecifier(specifier, from, candidate.layout);
  return files.length === 0 ? [specifier.replace(/^node:/, "")] : files.map(moduleOf);
}

/** A spec file and its facade are one. */
function moduleOf(file: string): string {
  return withoutEnding(file).replace(/\.jaunt$/, "");
}
