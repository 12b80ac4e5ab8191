import type { Budget, CallBound, Reservation } from "../cost/budget.ts";

/** Reservations for the first of these calls, as many as fit; none when the limit is reached. Undefined ones cost nothing. */
export async function reserveRequests(
  bounds: readonly CallBound[],
  budget: Budget | undefined,
): Promise<readonly (Reservation | undefined)[]> {
  const [first, ...others] = bounds;
  if (budget === undefined || first === undefined) return bounds.map(() => undefined);
  const paid = await budget.reserve(first);
  if (paid === undefined) return [];
  const reservations = [paid];
  for (const bound of others) {
    const next = budget.tryReserve(bound);
    if (next === undefined) break;
    reservations.push(next);
  }
  return reservations;
}
