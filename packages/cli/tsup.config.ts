import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  index: "src/index.ts",
  bin: "src/bin.ts",
  "errors/index": "src/errors/index.ts",
  "schemas/index": "src/schemas/index.ts",
});
