export { createBackend, keyEnvironment, keyRequired, type AnthropicOptions } from "./backend.ts";
