import { join } from "node:path";
import { buildJavaScript, install, repository, run } from "./pnpm.mjs";

install();
buildJavaScript();
run(process.execPath, ["--expose-gc", join(repository, "bench", "dist", "main.js"), ...process.argv.slice(2)]);
