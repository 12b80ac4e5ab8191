import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  index: "src/index.ts",
  "config/index": "src/config/index.ts",
  "config/read-paths": "src/config/read-paths.ts",
  "graph/index": "src/graph/index.ts",
  "digest/index": "src/digest/index.ts",
  "header/index": "src/header/index.ts",
  "plan/index": "src/plan/index.ts",
  "recording/index": "src/recording/index.ts",
});
