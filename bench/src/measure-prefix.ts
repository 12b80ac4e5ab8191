import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { GenerateRequest } from "@jaunt/core";
import { parseRecording } from "@jaunt/core/recording";
import { estimateTokens } from "@jaunt/orchestrator";
import { buildProject } from "./build-project.ts";
import { compare, type BenchResult } from "./result.ts";

/** Price of a token in a provider's prompt cache, against one of plain input. */
const price = { write: 1.25, read: 0.1 };
const sizes = [2, 10, 50];
const leftOut = new Set(["node_modules", "dist", "__generated__", ".jaunt"]);

/**
 * What the first requests of a build of `root` cost as input when their shared start is written to the provider's cache once and read
 * from then on, against the same without a cache. The prompts are real, the prices modelled. Throws when the start is not the same for all.
 */
export async function measurePrefix(root: string): Promise<readonly BenchResult[]> {
  const requests = await requestsOf(root);
  const starts = requests.map((request) => textOf(request, true));
  if (new Set(starts).size !== 1) throw new Error("the prompts of a build do not share their start");
  const shared = estimateTokens(starts[0] ?? "");
  const own = requests.reduce((sum, request) => sum + estimateTokens(textOf(request, false)), 0) / requests.length;
  const share = `${String(shared)} of ${String(Math.round(shared + own))} tokens shared`;
  return sizes.map((size) => {
    const cached = shared * (price.write + (size - 1) * price.read) + own * size;
    return compare(
      `input of ${String(size)} modules with a cached prefix, ${share}`,
      "tokens",
      cached,
      (shared + own) * size,
      1,
    );
  });
}

async function requestsOf(root: string): Promise<readonly GenerateRequest[]> {
  const copy = mkdtempSync(join(tmpdir(), "jaunt-bench-prefix-"));
  try {
    cpSync(root, copy, { recursive: true, filter: (path) => !leftOut.has(basename(path)) });
    const requests: GenerateRequest[] = [];
    const replies = recordedReplies(join(copy, "recordings"));
    await buildProject(copy, { replies, check: false, onRequest: (request) => requests.push(request) });
    return requests.filter(({ attempt }) => attempt === 1);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Source text by module id, out of the fences of recorded replies. */
function recordedReplies(folder: string): ReadonlyMap<string, string> {
  const replies = new Map<string, string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".1.md")) continue;
    const parsed = parseRecording(readFileSync(join(folder, path), "utf8"));
    if (!parsed.ok || parsed.recording.type !== "reply") throw new Error(`${path} is no recorded reply`);
    const { text } = parsed.recording;
    replies.set(path.slice(0, -".1.md".length).replaceAll("\\", "/"), /^```\w*\n([^]*?)^```/m.exec(text)?.[1] ?? text);
  }
  return replies;
}

function textOf({ prompt }: GenerateRequest, shared: boolean): string {
  return prompt
    .filter(({ stability }) => (stability === "project") === shared)
    .map(({ text }) => text)
    .join("");
}
