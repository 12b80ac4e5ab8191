import { existsSync, readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env["JAUNT_BENCH_PEAK"];
  if (file !== undefined) writeFileSync(file, String(peakKilobytes()));
});

/** On Linux what `getrusage` says counts the program that started this one, too, as large as it was at that moment. */
function peakKilobytes(): number {
  const status = "/proc/self/status";
  const peak = existsSync(status) ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return peak === undefined ? process.resourceUsage().maxRSS : Number(peak);
}
