export { formatHeader } from "./format-header.ts";
export type { Generator, Header, HeaderKind, ParsedFile } from "./header.ts";
export { parseGenerated } from "./parse-generated.ts";
