import { JauntError } from "@jaunt/core";
import type { Terminal } from "../terminal.ts";
import type { InitChoices } from "./config-text.ts";
import type { DetectedProject } from "./detect-project.ts";

/** What is settled by options and need not be asked. */
export interface Settled {
  readonly sourceRoots: readonly string[] | undefined;
  readonly provider: string | undefined;
  readonly example: boolean;
}

/**
 * Asks a person for what the options leave open.
 * @throws {JauntError} `cancelled`, with exit code 130, when the person stops
 */
export async function askChoices(
  detected: DetectedProject,
  settled: Settled,
  terminal: Terminal,
): Promise<InitChoices & { readonly example: boolean }> {
  const clack = await import("@clack/prompts");
  const common = { input: terminal.stdin, output: terminal.stderr, signal: terminal.signal };
  clack.intro("jaunt init", common);
  const sourceRoots =
    settled.sourceRoots ??
    parseRoots(
      answered(
        await clack.select<string>({
          ...common,
          message: "Where do your sources live?",
          options: rootOptions(detected.sourceRoots),
          initialValue: JSON.stringify(detected.sourceRoots),
        }),
      ),
    );
  const provider =
    settled.provider ??
    answered(
      await clack.select<string>({
        ...common,
        message: "Which model provider?",
        options: [
          {
            value: "auto",
            label: "auto",
            hint: "the first key in the environment, else an agent, else a local endpoint",
          },
          { value: "anthropic", label: "anthropic", hint: "with ANTHROPIC_API_KEY" },
          { value: "openai", label: "openai", hint: "with OPENAI_API_KEY" },
          { value: "ollama", label: "ollama", hint: "a server on this machine; lmstudio and vllm too, by name" },
          { value: "openrouter", label: "openrouter", hint: "with OPENROUTER_API_KEY" },
          { value: "litellm", label: "litellm", hint: "any OpenAI-compatible endpoint" },
          { value: "replay", label: "replay", hint: "recorded replies: no key, no network" },
          { value: "claude-code", label: "claude-code", hint: "a signed-in Claude Code, no key" },
          { value: "codex", label: "codex", hint: "a signed-in Codex, no key" },
          { value: "gemini-cli", label: "gemini-cli", hint: "a signed-in Gemini CLI, no key" },
        ],
      }),
    );
  const example = settled.example || answered(await clack.confirm({ ...common, message: "Write an example spec?" }));
  clack.outro("Writing jaunt.toml", common);
  return { sourceRoots, testRoots: detected.testRoots, provider, example };
}

function rootOptions(detected: readonly string[]): { value: string; label: string; hint?: string }[] {
  const known: readonly (readonly string[])[] = [["src"], ["."]];
  const others = known.filter((roots) => JSON.stringify(roots) !== JSON.stringify(detected));
  return [
    { value: JSON.stringify(detected), label: label(detected), hint: "detected" },
    ...others.map((roots) => ({ value: JSON.stringify(roots), label: label(roots) })),
  ];
}

function parseRoots(value: string): readonly string[] {
  return JSON.parse(value) as readonly string[];
}

function label(roots: readonly string[]): string {
  return roots.map((root) => (root === "." ? "in the project's own folder (flat)" : `${root}/`)).join(" and ");
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (typeof answer === "symbol") {
    throw new JauntError("Nothing was written.", {
      code: "cancelled",
      exitCode: 130,
      hint: "`jaunt init --yes` asks nothing.",
    });
  }
  return answer as Exclude<Answer, symbol>;
}
