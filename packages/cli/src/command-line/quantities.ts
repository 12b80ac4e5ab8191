import { InvalidArgumentError } from "commander";

const hourMs = 3_600_000;
const durations: Readonly<Record<string, number>> = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs };
const sizes: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/**
 * Milliseconds of a duration such as `12h`, `30d` or `8w`.
 * @throws {InvalidArgumentError} for anything else
 */
export function parseDuration(text: string): number {
  return parse(text, durations, "It must be a number with a unit: 12h, 30d or 8w.");
}

/**
 * Bytes of a size such as `500MB` or `2GB`, in powers of ten.
 * @throws {InvalidArgumentError} for anything else
 */
export function parseBytes(text: string): number {
  return parse(text, sizes, "It must be a number with a unit: 900KB, 500MB or 2GB.");
}

function parse(text: string, units: Readonly<Record<string, number>>, complaint: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  if (digits === "" || factor === undefined) throw new InvalidArgumentError(complaint);
  return Number(digits) * factor;
}
