/** One measured line. `ratio` is `value / floor`; `met` says whether it is within `target`. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "MB" | "tokens" | "x";
  readonly floor: number;
  readonly ratio: number;
  /** Highest ratio (or, for memory, highest value over the floor's budget) that design allows. */
  readonly target: number;
  readonly met: boolean;
}

/** Puts a value in relation to its floor. */
export function compare(
  name: string,
  unit: BenchResult["unit"],
  value: number,
  floor: number,
  target: number,
): BenchResult {
  const ratio = value / floor;
  return { name, value: round(value), unit, floor: round(floor), ratio: round(ratio), target, met: ratio <= target };
}

/** Median of a non-empty list. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Value below which the share `q` of a non-empty list lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
