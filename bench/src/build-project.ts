import type { Backend, GenerateRequest, Target } from "@jaunt/core";
import { openProject, type BuildReport } from "@jaunt/orchestrator";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";

export interface BuildSettings {
  /** Reply source by module id. */
  readonly replies: ReadonlyMap<string, string>;
  /** False leaves the check ladder out, to prepare large projects quickly. */
  readonly check: boolean;
  readonly jobs?: number;
  /** Told of every request of the build. */
  readonly onRequest?: (request: GenerateRequest) => void;
}

/** Builds a whole project in this process with a backend that knows the answers. */
export async function buildProject(root: string, settings: BuildSettings): Promise<BuildReport> {
  const project = await openProject(root, {
    languages: [
      { reader: typescriptReader, createTarget: () => (settings.check ? createTypescriptTarget() : uncheckedTarget()) },
    ],
    createBackend: () => Promise.resolve(instantBackend(settings)),
    generatorModel: (config) => `${config.llm.provider}/${config.llm.model}`,
    toolVersion: "0.1.0",
  });
  try {
    return await project.build({ noCache: true, ...(settings.jobs === undefined ? {} : { jobs: settings.jobs }) });
  } finally {
    await project.close();
  }
}

function uncheckedTarget(): Target {
  const { verify: _, ...target } = createTypescriptTarget();
  return { ...target, check: () => Promise.resolve([]), checkFiles: () => Promise.resolve([]) };
}

function instantBackend({ replies, onRequest }: BuildSettings): Backend {
  const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
  return {
    apiVersion: 1,
    name: "replay",
    generate(request) {
      onRequest?.(request);
      const text = replies.get(request.label) ?? "";
      return Promise.resolve({ text, channel: "source", finish: "stop", usage, model: "bench" });
    },
  };
}
