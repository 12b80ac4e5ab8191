import { packageBuild } from "../../../tsup.base.ts";

export default packageBuild({
  index: "src/index.ts",
  // Programs that run in processes of their own.
  "suite/vitest-driver": "src/suite/vitest-driver.mjs",
  "suite/node-reporter": "src/suite/node-reporter.mjs",
});
