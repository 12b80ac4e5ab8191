import { buildProject } from "./build-project.ts";
import { makeProject } from "./make-project.ts";
const [root = "", count = ""] = process.argv.slice(2);
const replies = makeProject(root, Number(count), "dom and node");
const start = performance.now();
const report = await buildProject(root, { replies, check: false });
process.stdout.write(`${String(report.generated.length)} in ${String(Math.round(performance.now() - start))} ms, ${String(Math.round(process.resourceUsage().maxRSS / 1024))} MB\n`);
