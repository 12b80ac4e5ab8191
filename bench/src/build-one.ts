import { buildProject } from "./build-project.ts";
import { replyText } from "./make-project.ts";

/** Builds what is stale in a synthetic project, which is one module: `build-one.js ROOT MODULE`. */
const [root = ".", id = ""] = process.argv.slice(2);
const index = Number(/\d+$/.exec(id)?.[0]);
const report = await buildProject(root, { replies: new Map([[id, replyText(index)]]), check: true });
if (report.generated.length !== 1) throw new Error(JSON.stringify(report));
