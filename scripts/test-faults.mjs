import { parseArgs } from "node:util";
import { buildPackages, install, localBinary, run } from "./pnpm.mjs";

const { values } = parseArgs({
  options: {
    // Random by default, so that every run tries other instants; printed, so that one that fails can be had again.
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    runs: { type: "string", default: "100" },
  },
});
process.env.JAUNT_FAULT_SEED = values.seed;
process.env.JAUNT_FAULT_RUNS = values.runs;

install();
buildPackages();
console.log(
  `\n== faults: seed ${values.seed}, ${values.runs} kills. The same again: npm run test:faults -- --seed=${values.seed} --runs=${values.runs}\n`,
);
run(localBinary("vitest"), ["run", "--project", "faults"]);
