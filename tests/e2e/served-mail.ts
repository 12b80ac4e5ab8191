import { parseRecording } from "@jaunt/core/recording";
import { copyExample, type TemporaryProject } from "@jaunt/testkit";

/** `examples/mail` as before its first build, and what a model answered for it. */
export interface UnbuiltMail {
  readonly project: TemporaryProject;
  /** Text of the recorded reply by module id. */
  readonly replies: ReadonlyMap<string, string>;
}

/** A copy of the example without what was built. The caller removes it. */
export async function unbuiltMail(): Promise<UnbuiltMail> {
  const project = await copyExample("mail");
  const files = await project.list();
  for (const path of generatedIn(files)) await project.remove(path);
  const replies = new Map<string, string>();
  for (const path of files.filter((path) => path.startsWith("recordings/"))) {
    const parsed = parseRecording(await project.read(path));
    if (!parsed.ok || parsed.recording.type !== "reply") throw new Error(`${path} is no recorded reply.`);
    replies.set(path.replace(/^recordings\/(.*)\.1\.md$/, "$1"), parsed.recording.text);
  }
  return { project, replies };
}

/** Paths of built files. */
export function generatedIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.includes("__generated__/") && !path.startsWith("dist/"));
}

/** The module that a request body asks for. */
export function moduleAskedFor(body: string): string {
  return /Module `([^`]+)`/.exec(body)?.[1] ?? "";
}

/** Sets `[llm]`. */
export async function configureLlm(project: TemporaryProject, llm: string): Promise<void> {
  await project.write("jaunt.toml", `version = 1\n[paths]\nsource_roots = ["src"]\n[llm]\n${llm}\n`);
}
