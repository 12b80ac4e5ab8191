export { digest, shortDigest, sortedFields, type Field } from "./digest.ts";
export { foldDoc } from "./fold-doc.ts";
