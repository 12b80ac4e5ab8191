import type { CacheInfoReport, CacheReport, RemoteCacheReport } from "@jaunt/orchestrator";
import { cleanLine } from "./escape.ts";
import { formatCount, formatNumber, formatSeconds } from "./format.ts";
import { renderTable } from "./table.ts";
import type { View } from "./view.ts";

/** What a cache command found or did. */
export function renderCache(report: CacheReport, view: View): string {
  const { colors } = view;
  const took = `in ${formatSeconds(report.duration_seconds)}`;
  switch (report.action) {
    case "info":
      return renderInfo(report, view);
    case "clear": {
      const removed = report.removed.map((path) => `  ${cleanLine(path)}`);
      const summary =
        removed.length === 0
          ? `cache: nothing to remove below ${cleanLine(report.dir)}`
          : `cache: cleared, ${formatBytes(report.freed_bytes)} freed ${took}`;
      return [...removed, colors.bold(summary)].join("\n");
    }
    case "prune": {
      const removed = formatCount(report.removed_replies, "reply", "replies");
      const kept = `${formatNumber(report.kept_replies)} kept (${formatBytes(report.kept_bytes)})`;
      return colors.bold(`cache: ${removed} removed, ${formatBytes(report.freed_bytes)} freed, ${kept} ${took}`);
    }
  }
}

/** `0 B`, `12.3 kB`, `1.2 GB`, in powers of ten. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  for (; value >= 999.95 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${unit === 0 ? String(Math.round(value)) : value.toFixed(1)} ${units[unit] ?? ""}`;
}

function renderInfo(
  { dir, stores, clearable_bytes: bytes, remote, duration_seconds: seconds }: CacheInfoReport,
  view: View,
): string {
  const { colors } = view;
  const rows = stores.map(({ kind, path, entries, bytes: size }) => [
    { text: kind },
    { text: formatNumber(entries) },
    { text: formatBytes(size) },
    { text: cleanLine(path), paint: colors.dim },
  ]);
  const summary = `cache: ${formatBytes(bytes)} below ${cleanLine(dir)} in ${formatSeconds(seconds)}`;
  return [renderTable(rows), renderRemote(remote, view), colors.bold(summary)].filter((part) => part !== "").join("\n");
}

function renderRemote(remote: RemoteCacheReport | null, { colors }: View): string {
  if (remote === null) return "shared cache: none ([cache] remote)";
  const { address, write, reachable, problem, hint } = remote;
  const state = reachable ? colors.green("answers") : colors.red("is of no use now");
  const line = `shared cache: ${cleanLine(address)} ${state}, ${write ? "read and written" : "only read"}`;
  const trouble = problem === null ? [] : [`${colors.yellow("warning")}: ${cleanLine(problem)}`];
  const fix = hint === null ? [] : [`  ${colors.green("fix:")} ${cleanLine(hint)}`];
  return [line, ...trouble, ...fix].join("\n");
}
