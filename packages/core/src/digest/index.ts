export { digest, shortDigest, sortedFields, type Field } from "./digest.ts";
