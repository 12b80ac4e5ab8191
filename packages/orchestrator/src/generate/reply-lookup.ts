import { resolve } from "node:path";
import type { PromptPart } from "@jaunt/core";
import { openResponseStore } from "../cache/response-store.ts";
import type { ProjectContext } from "../project-context.ts";
import { firstOutputTokens } from "./attempt-loop.ts";
import { identity } from "./open-backend.ts";
import { requestKey } from "./with-response-cache.ts";

/** Whether the reply cache on this machine holds the answer to a first attempt with this prompt. Asks nobody. */
export function openReplyLookup(context: ProjectContext): (prompt: readonly PromptPart[]) => Promise<boolean> {
  const { config, root } = context;
  const store = openResponseStore(resolve(root, config.cache.dir, "responses"));
  return async (prompt) => {
    const { model } = config.llm;
    const request = { label: "", attempt: 1, prompt, model, maxOutputTokens: firstOutputTokens };
    const found = await store.get(requestKey(identity(context), request));
    return found !== undefined && found !== "rejected";
  };
}
