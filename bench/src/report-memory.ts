import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env["JAUNT_BENCH_PEAK"];
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
