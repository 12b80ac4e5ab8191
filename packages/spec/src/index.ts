export { JauntNotBuiltError } from "./not-built-error.ts";
export { magic, test } from "./markers.ts";
