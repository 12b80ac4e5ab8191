import { packageBuild } from "../tsup.base.ts";

export default packageBuild({
  main: "src/main.ts",
  "measure-edits": "src/measure-edits.ts",
  "measure-oracle": "src/measure-oracle.ts",
  "measure-replies": "src/measure-replies.ts",
  "report-memory": "src/report-memory.ts",
  "status-floor": "src/status-floor.ts",
});
