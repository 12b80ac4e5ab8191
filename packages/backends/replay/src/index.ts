export { createBackend, keyEnvironment, keyRequired } from "./backend.ts";
