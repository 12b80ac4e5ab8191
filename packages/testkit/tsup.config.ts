import { packageBuild } from "../../tsup.base.ts";

const entries: Record<string, string> = { index: "src/index.ts", "conformance/index": "src/conformance/index.ts" };

// The runner comes from the workspace's root; a bundled second copy would not know the tests.
export default Object.assign(packageBuild(entries), { external: ["vitest"] });
