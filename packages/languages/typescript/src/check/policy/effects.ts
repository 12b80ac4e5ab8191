import { importsOf } from "../../compose/imports.ts";
import { effects, type Effect } from "../../layout/effects.ts";
import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";
import { globalUses } from "./names.ts";

/** Imports and globals by which the reply reaches outside the program in the way that `rule` forbids. */
export function findEffects(rule: Effect["rule"], reply: Reply): readonly Breach[] {
  const effect = effects.find((each) => each.rule === rule);
  if (effect === undefined) return [];
  const { parsed } = reply;
  const hint = "The spec mentions nothing of the kind: do without, or take it as a parameter if there is one.";
  const inProcess = new Set(
    effect.globals.flatMap((name) => (name.startsWith("process.") ? [name.slice("process.".length)] : [])),
  );
  const imports = parsed.body.flatMap((statement) => {
    const requests = importsOf(statement, parsed.text).filter(({ specifier, imported }) => {
      const [name = ""] = specifier.replace(/^node:/, "").split("/");
      return effect.modules.includes(name) || (name === "process" && inProcess.has(imported));
    });
    const span = { start: statement.start, end: statement.end };
    return requests.map(({ specifier }) => ({
      message: `${effect.prohibition}: this imports ${specifier}.`,
      span,
      hint,
    }));
  });
  const uses = globalUses(reply)
    .filter(({ chain }) => effect.globals.some((name) => name === chain[0] || name === chain.slice(0, 2).join(".")))
    .map(({ chain, node }) => ({
      message: `${effect.prohibition}: this uses ${chain.slice(0, 2).join(".")}.`,
      span: { start: node.start, end: node.end },
      hint,
    }));
  return [...imports, ...uses];
}
