import { join } from "node:path";
import { buildPackages, install, repository, run } from "./pnpm.mjs";

install();
buildPackages();
run(process.execPath, ["--expose-gc", join(repository, "bench", "dist", "main.js"), ...process.argv.slice(2)]);
