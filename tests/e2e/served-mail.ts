import { parseRecording } from "@jaunt/core/recording";
import { copyExample, runJaunt, type TemporaryProject } from "@jaunt/testkit";

/** `examples/mail` as before its first build, and what a model answered for it. */
export interface UnbuiltMail {
  readonly project: TemporaryProject;
  /** Text of the recorded reply by id of the build module: {@link configureLlm} knows no test roots. */
  readonly replies: ReadonlyMap<string, string>;
}

/** A copy of the example without what was built. The caller removes it. */
export async function unbuiltMail(): Promise<UnbuiltMail> {
  const project = await copyExample("mail");
  const files = await project.list();
  for (const path of generatedIn(files)) await project.remove(path);
  const replies = new Map<string, string>();
  for (const path of files.filter((path) => path.startsWith("recordings/src/"))) {
    const parsed = parseRecording(await project.read(path));
    if (!parsed.ok || parsed.recording.type !== "reply") throw new Error(`${path} is no recorded reply.`);
    replies.set(path.replace(/^recordings\/(.*)\.1\.md$/, "$1"), parsed.recording.text);
  }
  return { project, replies };
}

/** Paths of built files. */
function generatedIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.includes("__generated__/") && !path.startsWith("dist/"));
}

/** Generated files of the example after a build from its recordings, as {@link bodiesOf} gives them. */
export async function bodiesByRecordings(): Promise<ReadonlyMap<string, string>> {
  const { project } = await unbuiltMail();
  const built = await runJaunt(project.root, ["build"]);
  if (built.exitCode !== 0) throw new Error(built.stderr);
  const bodies = await bodiesOf(project);
  await project.remove();
  return bodies;
}

/** Text of what was built by path, without the line that names who generated it. */
export async function bodiesOf(project: TemporaryProject): Promise<ReadonlyMap<string, string>> {
  const paths = generatedIn(await project.list());
  const texts = await Promise.all(paths.map((path) => project.read(path)));
  return new Map(paths.map((path, index) => [path, (texts[index] ?? "").replace(/^\/\/ jaunt:generator=.*\n/m, "")]));
}

/** The module that a request body asks for. */
export function moduleAskedFor(body: string): string {
  return /Module `([^`]+)`/.exec(body)?.[1] ?? "";
}

/** Sets `[llm]`. */
export async function configureLlm(project: TemporaryProject, llm: string): Promise<void> {
  await project.write("jaunt.toml", `version = 1\n[paths]\nsource_roots = ["src"]\n[llm]\n${llm}\n`);
}
