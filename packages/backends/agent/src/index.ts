export { createBackend, inspect, keyEnvironment, keyRequired, type AgentOptions } from "./backend.ts";
