export { typescriptReader } from "./read/typescript-reader.ts";
