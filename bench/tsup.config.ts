import { packageBuild } from "../tsup.base.ts";

export default packageBuild({
  main: "src/main.ts",
  "report-memory": "src/report-memory.ts",
  "status-floor": "src/status-floor.ts",
});
