export { serveMcp, type ServeOptions } from "./serve-mcp.ts";
export type { OpenChanges, OpenProject } from "./session.ts";
