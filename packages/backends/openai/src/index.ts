export { createBackend, keyEnvironment, keyRequired, type OpenaiOptions } from "./backend.ts";
