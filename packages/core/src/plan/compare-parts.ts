import { shortDigest } from "../digest/digest.ts";
import type { Header } from "../header/header.ts";
import { compareCodeUnits } from "../text/compare.ts";
import type { ModuleDigests, Reason } from "./plan.ts";

/** Which parts tell a header from today's digests, in the order: own specs, context, dependencies. */
export function compareParts(
  header: Pick<Header, "moduleDigest" | "parts">,
  digests: ModuleDigests,
): readonly Reason[] {
  const before = new Map(Object.entries(header.parts ?? {}));
  const after = new Map(Object.entries(digests.parts));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(
    (left, right) => rank(left) - rank(right) || compareCodeUnits(left, right),
  );
  const reasons =
    header.parts === undefined ? [] : names.flatMap((part) => reasonFor(part, before.get(part), after.get(part)));
  if (reasons.length > 0) return reasons;
  // The header does not say which part it was: it has no parts, or ones that were tampered with.
  return [
    {
      kind: "spec_changed",
      part: "module",
      old: shortDigest(header.moduleDigest ?? ""),
      new: shortDigest(digests.moduleDigest),
    },
  ];
}

function rank(part: string): number {
  return part.startsWith("spec:") ? 0 : part === "context" ? 1 : 2;
}

function reasonFor(part: string, before: string | undefined, after: string | undefined): readonly Reason[] {
  if (before === after) return [];
  const ref = part.startsWith("dep:") ? part.slice("dep:".length) : undefined;
  if (before === undefined)
    return [ref === undefined ? { kind: "spec_added", part } : { kind: "dependency_added", ref, part }];
  if (after === undefined)
    return [ref === undefined ? { kind: "spec_removed", part } : { kind: "dependency_removed", ref, part }];
  const change = { part, old: before, new: after };
  if (ref !== undefined) return [{ kind: "dependency_changed", ref, ...change }];
  return [{ kind: part === "context" ? "context_changed" : "spec_changed", ...change }];
}
