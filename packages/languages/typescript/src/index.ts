export type { ConfigureOptions } from "./layout/configure.ts";
export { typescriptReader } from "./read/typescript-reader.ts";
export { createTypescriptTarget } from "./target.ts";
