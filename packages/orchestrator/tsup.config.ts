import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  index: "src/index.ts",
  "guard/index": "src/guard/index.ts",
  "schemas/index": "src/schemas/index.ts",
});
