import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import {
  installFakeAgents,
  runJaunt,
  startJaunt,
  waitFor,
  type AgentPlan,
  type FakeAgents,
  type TemporaryProject,
} from "@jaunt/testkit";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { bodiesByRecordings, bodiesOf, configureLlm, unbuiltMail } from "./served-mail.ts";

/** Of no form that a redaction by looks would know. */
const planted = "zebra7Quartz9Lantern";
const agents = [
  { provider: "claude-code", command: "claude", title: "Claude Code" },
  { provider: "codex", command: "codex", title: "Codex" },
  { provider: "gemini-cli", command: "gemini", title: "Gemini CLI" },
] as const;

let byRecordings: ReadonlyMap<string, string>;
beforeAll(async () => {
  byRecordings = await bodiesByRecordings();
});

describe.each(agents)("examples/mail by $provider", ({ provider, command, title }) => {
  test("becomes the same files as by its recordings, and the agent sees no project and no key", async () => {
    const { project, replies } = await unbuilt();
    const fakes = await install({ replies, tricks: ["litter"] });
    await configureLlm(project, `provider = "${provider}"`);

    const built = await runJaunt(project.root, ["build", "--debug"], { env: environment(fakes) });

    expect(built.exitCode, built.stderr).toBe(0);
    expect(await bodiesOf(project)).toEqual(byRecordings);
    const calls = await fakes.seen();
    expect(calls).toHaveLength(Object.keys(replies).length);
    for (const { cwd, files, environment } of calls) {
      expect(files).toEqual([]);
      expect(cwd.startsWith(project.root)).toBe(false);
      expect(existsSync(dirname(cwd))).toBe(false);
      expect(JSON.stringify(environment)).not.toContain(planted);
    }
    expect(new Set(calls.map(({ cwd }) => cwd)).size).toBe(calls.length);
    expect(`${built.stdout}${built.stderr}`).not.toContain(planted);
    expect((await project.list()).filter((path) => path.includes("left.txt"))).toEqual([]);
  });

  test("nobody signed in ends the build at once and says how to", async () => {
    const { project } = await unbuilt();
    const fakes = await install({ failure: "auth" });
    await configureLlm(project, `provider = "${provider}"`);

    const built = await runJaunt(project.root, ["build", "--jobs", "1"], { env: environment(fakes) });

    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain(`Run \`${command}`);
    expect(await fakes.seen()).toHaveLength(1);
  });

  test("not being installed is told before anything else", async () => {
    const { project } = await unbuilt();
    await configureLlm(project, `provider = "${provider}"`);
    const built = await runJaunt(project.root, ["build"], { env: { PATH: dirname(process.execPath) } });

    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain(`${title} is not installed: there is no \`${command}\` on the PATH.`);
    expect(built.stderr).toContain("npm install --global @");
  });

  test("is taken by auto when it is signed in, and doctor knows it", async () => {
    const { project, replies } = await unbuilt();
    const fakes = await install({ replies }, [command]);
    await configureLlm(project, 'provider = "auto"');
    const env = { ...environment(fakes), HOME: project.root };
    const signedOut = await runJaunt(project.root, ["doctor"], { env: { ...env, ...noKeys } });
    expect(signedOut.stdout).toContain(`nobody is signed in to ${command}`);
    const file = { claude: ".claude/.credentials.json", codex: ".codex/auth.json", gemini: ".gemini/oauth_creds.json" };
    await project.write(file[command], "{}");

    const doctor = await runJaunt(project.root, ["doctor"], { env: { ...env, ...noKeys } });
    expect(doctor.stdout).toMatch(
      new RegExp(`${provider}: no key is set, and ${command} \\d+\\.\\d+\\.\\d+ is signed in`),
    );
    const built = await runJaunt(project.root, ["build"], { env: { ...env, ...noKeys } });
    expect(built.exitCode, built.stderr).toBe(0);
    expect(built.stderr).toContain(provider);
    const underCi = await runJaunt(project.root, ["build", "--force", "--no-cache"], {
      env: { ...env, ...noKeys, CI: "true" },
    });
    expect([underCi.exitCode, underCi.stderr]).toEqual([2, expect.stringContaining("is not looked for under CI")]);
  });
});

test.skipIf(process.platform === "win32").each(["SIGINT", "SIGKILL"] as const)(
  "when Jaunt gets %s in the middle of calls, no agent and nothing that one started outlives it",
  async (signal) => {
    const { project } = await unbuilt();
    const fakes = await install({ tricks: ["ignore-sigterm", "grandchild", "hang"] });
    await configureLlm(project, 'provider = "claude-code"');
    const running = startJaunt(project.root, ["build", "--jobs", "1"], { env: environment(fakes) });
    const grandchild = await waitFor(() => fakes.grandchild().catch(() => 0), { timeoutMs: 30_000 });
    const [call] = await fakes.seen();
    running.kill(signal);

    const { exitCode } = await running.finished;
    expect(exitCode).toBe(signal === "SIGINT" ? 130 : null);
    await waitFor(() => !isAlive(call!.pid) && !isAlive(grandchild) && !existsSync(dirname(call!.cwd)));
  },
);

/** So that `auto` has nothing else to find. */
const noKeys = { ANTHROPIC_API_KEY: "", OPENAI_API_KEY: "", GEMINI_API_KEY: "" };

/** The example without what was built, and the text of the recorded reply by module. */
async function unbuilt(): Promise<{
  readonly project: TemporaryProject;
  readonly replies: Readonly<Record<string, string>>;
}> {
  const { project, replies } = await unbuiltMail();
  onTestFinished(() => project.remove());
  return { project, replies: Object.fromEntries(replies) };
}

async function install(plan: AgentPlan, names?: readonly string[]): Promise<FakeAgents> {
  const fakes = await installFakeAgents(plan, names);
  onTestFinished(() => fakes.remove());
  return fakes;
}

function environment({ folder }: FakeAgents): Readonly<Record<string, string>> {
  return {
    PATH: `${folder}${delimiter}${dirname(process.execPath)}${delimiter}/usr/bin${delimiter}/bin`,
    ANTHROPIC_API_KEY: planted,
    OPENAI_API_KEY: planted,
    GEMINI_API_KEY: planted,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return true;
}
