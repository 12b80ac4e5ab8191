import type { Role } from "@jaunt/core";
import { parseGenerated, type Generator, type Header } from "@jaunt/core/header";
import { changedSpecs } from "@jaunt/core/plan";
import type { SplicePlan } from "../generate/splice.ts";
import { readProjectText } from "../write/read-project-text.ts";
import type { ModuleBuild } from "./module-build.ts";

/** A splice with who wrote the code that stays. */
export interface SpliceTask extends SplicePlan {
  readonly generator: Generator | undefined;
}

/** What deciding needs to know of the building of a module, so that a plan can ask, too. */
export interface SpliceQuestion extends Pick<ModuleBuild, "kind" | "planned" | "loaded" | "source"> {
  readonly run: Pick<ModuleBuild["run"], "context" | "project" | "options">;
}

/**
 * What of a stale module has to be asked for, where some of it can stay. Undefined when all of it has to be written anew. Recordings
 * hold whole modules, so that they can build a project from nothing: neither playing nor making them asks for parts.
 */
export function planSplice({ run, kind, planned, loaded, source }: SpliceQuestion): SpliceTask | undefined {
  const { module, paths, language } = loaded;
  const { target, layout } = language;
  const { build, llm } = run.context.config;
  const { keepable, splice } = target;
  if (keepable === undefined || splice === undefined || llm.provider === "replay" || run.options.record !== undefined)
    return undefined;
  const changed = changedSpecs(module, planned.reasons, run.project.linksOf(module.id), {
    // What was looked at and does not pass as it is has to be written anew, not looked at again.
    withUsers: kind === "verify" || build.on_dependency_change === "regenerate",
    rebuildOn: build.rebuild_on,
  });
  const built =
    changed === undefined ? undefined : readBuilt(run.context.root, paths.generated, target.lineComment, module.role);
  if (changed === undefined || built === undefined) return undefined;
  const stays = new Set(keepable(source, built.body, layout).filter((name) => !changed.includes(name)));
  const names = module.specs.map(({ name }) => name);
  const kept = names.filter((name) => stays.has(name));
  if (kept.length === 0) return undefined;
  return {
    asked: names.filter((name) => !stays.has(name)),
    kept,
    join: (reply) => splice(source, built.body, reply, kept, layout),
    generator: built.header.generator,
  };
}

function readBuilt(
  root: string,
  path: string,
  lineComment: string,
  role: Role,
): { readonly header: Header; readonly body: string } | undefined {
  const text = readProjectText(root, path);
  const parsed = text === undefined ? undefined : parseGenerated(text, lineComment);
  return parsed !== undefined && "header" in parsed && parsed.header.kind === role ? parsed : undefined;
}
