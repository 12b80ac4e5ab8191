import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({ index: "src/index.ts", "schemas/index": "src/schemas/index.ts" });
