import type { Usage } from "@jaunt/core";

/** `1 module`, `1,247 modules`. */
export function formatCount(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}

/** An integer with thousands separated by commas. */
export function formatNumber(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `$1.20`, `$0.04`; a smaller amount with two digits that count: `$0.0031`; `$0` is nothing. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return "$0";
  return `$${dollars >= 0.01 ? dollars.toFixed(2) : Number(dollars.toPrecision(2)).toFixed(Math.min(8, 1 - Math.floor(Math.log10(dollars))))}`;
}

/** `0.3 s`, `2 m 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} m ${String(whole % 60).padStart(2, "0")} s`;
}

/** `1,247 input tokens (900 cached), 892 output tokens`; the input counts everything that was sent. */
export function formatUsage(usage: Usage): string {
  const input = usage.input + usage.cacheRead + usage.cacheWrite;
  const cached = usage.cacheRead > 0 ? ` (${formatNumber(usage.cacheRead)} cached)` : "";
  const about = usage.estimated === true ? "about " : "";
  return `${about}${formatCount(input, "input token")}${cached}, ${formatCount(usage.output, "output token")}`;
}
