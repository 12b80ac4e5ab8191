export { createBackend, keyEnvironment, keyRequired, presetPlugin, type LitellmOptions } from "./backend.ts";
export type { PresetName } from "./presets.ts";
