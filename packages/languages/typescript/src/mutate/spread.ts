import { operators, type Change } from "./change.ts";

/**
 * Changes in an order of which every beginning is a fair sample: units take turns, and within each the kinds of mistakes do, with
 * another kind first in every unit.
 */
export function spread<T extends { readonly change: Change }>(units: readonly (readonly T[])[]): readonly T[] {
  return interleave(units.map((changes, index) => interleave(byOperator(changes, index))));
}

function byOperator<T extends { readonly change: Change }>(
  changes: readonly T[],
  turn: number,
): readonly (readonly T[])[] {
  return operators.map((_, index) => {
    const operator = operators[(index + turn) % operators.length];
    return changes.filter(({ change }) => change.operator === operator);
  });
}

/** The first of each list, then the second of each, and so on. */
function interleave<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
