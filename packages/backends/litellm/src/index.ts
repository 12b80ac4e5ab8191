export { createBackend, keyEnvironment, keyRequired, type LitellmOptions } from "./backend.ts";
