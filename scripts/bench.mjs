import { join } from "node:path";
import { buildPackages, install, repository, run } from "./pnpm.mjs";

install();
buildPackages();
const [entry, ...args] = process.argv.slice(2);
run(process.execPath, ["--expose-gc", join(repository, "bench", "dist", `${entry}.js`), ...args]);
