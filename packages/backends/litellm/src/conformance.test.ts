import { chatDialects } from "@jaunt/testkit";
import { httpConformance } from "@jaunt/testkit/conformance";
import { createBackend } from "./index.ts";
import { presets, type PresetName } from "./presets.ts";

for (const provider of Object.keys(presets) as readonly PresetName[]) {
  httpConformance(provider, {
    wire: chatDialects[provider],
    connect: ({ idleTimeoutMs, ...server }) =>
      createBackend({ provider, model: "m", output: "auto", recordings: "", ...server }, { idleTimeoutMs }),
  });
}
