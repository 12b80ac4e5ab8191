// Plays a coding agent: reads what to do from plan.json, notes how it was called in calls/, and prints what the real agent of that
// name was seen to print. Run as `node fake-agent.mjs <agent> <folder> …arguments`.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [agent, folder, ...args] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));

/** What each was seen to say, or is said to have said in the reports of its users. */
const failures = {
  claude: {
    auth: [null, "Not logged in · Please run /login"],
    quota: [429, "You've hit your session limit · resets 4pm (Europe/Berlin)"],
    "rate-limit": [429, "API Error: Request rejected (429) · slow down, try again in 7s"],
    overloaded: [529, "API Error: 529 Overloaded"],
    server: [500, "API Error: 500 Internal server error"],
    "bad-request": [
      404,
      "There's an issue with the selected model (some-model). It may not exist or you may not have access to it.",
    ],
    "context-overflow": [400, "Prompt is too long · the request is ~210000 tokens (limit 200000)"],
  },
  codex: {
    auth: [
      401,
      "unexpected status 401 Unauthorized: Missing bearer authentication in header, url: https://chatgpt.com",
    ],
    quota: [429, "You've hit your usage limit. Upgrade to Pro or try again in 2 days 17 hours 14 minutes."],
    "rate-limit": [429, "exceeded retry limit, last status: 429 Too Many Requests, try again in 7s"],
    overloaded: [503, "unexpected status 503 Service Unavailable: try later"],
    server: [500, "unexpected status 500 Internal Server Error: oops"],
    "bad-request": [400, "The 'some-model' model is not supported when using Codex with a ChatGPT account."],
    "context-overflow": [400, "Codex ran out of room in the model's context window. Start a new thread."],
  },
  gemini: {
    auth: [41, "Please set an Auth method in your settings.json or specify one of the following environment variables"],
    quota: [429, "You have exhausted your daily quota on this model."],
    "rate-limit": [429, "Resource has been exhausted (e.g. check quota). Please retry in 7s."],
    overloaded: [503, "The model is overloaded. Please try again later."],
    server: [500, "Internal error encountered."],
    "bad-request": [404, "models/some-model is not found for API version v1beta"],
    "context-overflow": [400, "The input token count exceeds the maximum number of tokens allowed"],
  },
};

if (args.includes("--version")) {
  if (plan.tricks.includes("hang")) await sleep(3_600_000);
  await write({ claude: "2.1.197 (Claude Code)", codex: "codex-cli 0.169.0", gemini: "0.61.0" }[agent] + "\n");
  process.exit(0);
}

const stdin = readFileSync(0, "utf8");
const system = systemText();
note();
await trick();
if (plan.failure !== undefined) await fail(plan.failure);
else await answer();

function systemText() {
  const file =
    agent === "claude"
      ? args[args.indexOf("--system-prompt-file") + 1]
      : agent === "gemini"
        ? process.env.GEMINI_SYSTEM_MD
        : undefined;
  return file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** One file a call, so that calls at once do not mix. */
function note() {
  mkdirSync(join(folder, "calls"), { recursive: true });
  const files = readdirSync(".");
  const call = { agent, args, cwd: process.cwd(), files, stdin, system, environment: process.env, pid: process.pid };
  const file = join(folder, "calls", `${String(process.hrtime.bigint())}-${process.pid}.json`);
  writeFileSync(`${file}.part`, JSON.stringify(call));
  renameSync(`${file}.part`, file);
}

async function trick() {
  const tricks = new Set(plan.tricks);
  if (tricks.has("litter")) {
    mkdirSync("deep/down", { recursive: true });
    writeFileSync("deep/down/left.txt", "left");
    writeFileSync(join(process.env.TMPDIR, "report.json"), stdin);
  }
  if (tricks.has("ignore-sigterm")) process.on("SIGTERM", () => {});
  if (tricks.has("grandchild")) {
    const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
    const child = spawn(process.execPath, ["-e", script], { stdio: "inherit" });
    writeFileSync(join(folder, "grandchild.pid"), String(child.pid));
  }
  if (tricks.has("garbage"))
    await write("Warning: something is old.\nLoaded cached credentials.\n\u001B[1m{not json\u001B[0m\n");
  if (tricks.has("hang")) await sleep(3_600_000);
  if (tricks.has("quit")) process.exit(0);
  if (tricks.has("crash")) {
    process.stderr.write(`panic: no space left\n    at somewhere\nAuthorization: Bearer abcdefghijklmnop\n`);
    process.exit(7);
  }
  if (tricks.has("killed")) process.kill(process.pid, "SIGKILL");
  if (tricks.has("prose")) {
    await write("I would love to help, but I speak no JSON.\n");
    process.exit(0);
  }
  if (tricks.has("flood")) {
    const line = `${"x".repeat(1024 * 1024 - 1)}\n`;
    for (let count = 0; count < 80; count += 1) await write(line);
    process.exit(0);
  }
  if (tricks.has("max-turns")) {
    await print(
      agent === "claude"
        ? { type: "result", subtype: "error_max_turns", is_error: true, stop_reason: "tool_use" }
        : agent === "codex"
          ? { type: "turn.failed", error: { message: "max_turns" } }
          : { type: "error", severity: "error", message: "Reached max session turns for this session." },
    );
    process.exit(agent === "gemini" ? 53 : 1);
  }
  if (tricks.has("unknown-option")) {
    process.stderr.write("error: unknown option '--disable-slash-commands'\n");
    process.exit(1);
  }
}

async function answer() {
  const module = /Module `([^`]+)`/.exec(`${system}${stdin}`)?.[1];
  const text = plan.replies === undefined ? plan.text : plan.replies[module];
  if (text === undefined) throw new Error(`There is no reply for ${module}.`);
  const lines = { claude: claudeLines, codex: codexLines, gemini: geminiLines }[agent](text);
  if (plan.tricks.includes("half")) return print(...lines.slice(0, Math.ceil(lines.length / 2)));
  if (plan.stalls) {
    await print(...lines.slice(0, Math.ceil(lines.length / 2)));
    await sleep(3_600_000);
  }
  if (plan.tricks.includes("split")) {
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    for (let at = 0; at < bytes.length; at += 7) {
      await write(bytes.subarray(at, at + 7));
      await new Promise(setImmediate);
    }
  } else await print(...lines);
  if (plan.tricks.includes("linger")) await sleep(3_600_000);
  process.exitCode = plan.finish === "stop" ? 0 : agent === "gemini" ? 0 : 1;
}

function pieces(text) {
  return Array.from({ length: Math.ceil(text.length / 7) }, (_, index) => text.slice(index * 7, index * 7 + 7));
}

function claudeLines(text) {
  const { usage, finish } = plan;
  const figures =
    usage === undefined
      ? {}
      : {
          input_tokens: usage.input,
          cache_read_input_tokens: usage.cacheRead,
          cache_creation_input_tokens: 0,
          output_tokens: usage.output,
          output_tokens_details: { thinking_tokens: usage.reasoning },
        };
  const event = (event) => ({ type: "stream_event", event });
  const stop = { stop: "end_turn", length: "max_tokens", refusal: "refusal" }[finish];
  const said =
    finish === "refusal"
      ? "API Error: Claude Code is unable to respond to this request, which appears to violate our Usage Policy."
      : text;
  return [
    { type: "system", subtype: "init", cwd: process.cwd(), tools: [], mcp_servers: [], model: "claude-wire" },
    event({
      type: "message_start",
      message: { model: "wire-model", content: [], usage: { ...figures, output_tokens: 1 } },
    }),
    ...pieces(text).map((piece) =>
      event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: piece } }),
    ),
    { type: "assistant", message: { model: "wire-model", role: "assistant", content: [{ type: "text", text }] } },
    event({
      type: "message_delta",
      delta: { stop_reason: stop },
      usage: usage === undefined ? {} : { output_tokens: usage.output },
    }),
    {
      type: "result",
      subtype: "success",
      is_error: finish !== "stop",
      api_error_status: null,
      result: said,
      stop_reason: stop,
      total_cost_usd: 0.01,
      usage: figures,
    },
  ];
}

function codexLines(text) {
  const { usage, finish } = plan;
  const failed = { length: "max_output_tokens", refusal: "content_filter" }[finish];
  const message = `Incomplete response returned, reason: ${failed}`;
  return [
    { type: "thread.started", thread_id: "1" },
    { type: "turn.started" },
    { type: "error", message: "Reconnecting... 2/5 (stream disconnected before completion)" },
    { type: "item.completed", item: { id: "item_0", type: "reasoning", text: "Thinking." } },
    { type: "item.completed", item: { id: "item_1", type: "agent_message", text: "I shall write it." } },
    { type: "item.completed", item: { id: "item_2", type: "agent_message", text } },
    ...(failed === undefined
      ? [
          {
            type: "turn.completed",
            usage:
              usage === undefined
                ? {}
                : {
                    input_tokens: usage.input + usage.cacheRead,
                    cached_input_tokens: usage.cacheRead,
                    cache_write_input_tokens: 0,
                    output_tokens: usage.output,
                    reasoning_output_tokens: usage.reasoning,
                  },
          },
        ]
      : [
          { type: "error", message },
          { type: "turn.failed", error: { message } },
        ]),
  ];
}

function geminiLines(text) {
  const { usage } = plan;
  const stats =
    usage === undefined
      ? {}
      : {
          input_tokens: usage.input + usage.cacheRead,
          cached: usage.cacheRead,
          input: usage.input,
          output_tokens: usage.output - usage.reasoning,
          total_tokens: usage.input + usage.cacheRead + usage.output,
        };
  return [
    { type: "init", session_id: "1", model: "gemini-wire" },
    { type: "message", role: "user", content: stdin },
    ...pieces(text).map((piece) => ({ type: "message", role: "assistant", content: piece, delta: true })),
    { type: "result", status: "success", stats: { ...stats, models: { "wire-model": stats } } },
  ];
}

/** Every failure repeats the keys that the agent was given, as a careless one might. */
async function fail(kind) {
  const keys = Object.entries(process.env).flatMap(([name, value]) => (/KEY|TOKEN/.test(name) ? [value] : []));
  const leaked = ` ${keys.join(" ")} Authorization: Bearer abcdefghijklmnop`;
  const [status, said] = failures[agent][kind];
  if (agent === "claude") {
    await print(
      { type: "system", subtype: "init", model: "claude-wire" },
      { type: "assistant", message: { model: "<synthetic>", content: [{ type: "text", text: said }] }, error: kind },
      {
        type: "result",
        subtype: "success",
        is_error: true,
        api_error_status: status,
        result: `${said}${leaked}`,
        stop_reason: "stop_sequence",
        usage: { input_tokens: 0, output_tokens: 0 },
      },
    );
    process.exit(1);
  }
  if (agent === "codex") {
    await print(
      { type: "thread.started" },
      { type: "turn.started" },
      { type: "error", message: `${said}${leaked}` },
      { type: "turn.failed", error: { message: `${said}${leaked}` } },
    );
    process.exit(1);
  }
  if (kind === "auth") {
    process.stderr.write(`${said}${leaked}\n`);
    process.exit(41);
  }
  const message = `[API Error: ${JSON.stringify({ error: { code: status, message: `${said}${leaked}` } })}]`;
  await print(
    { type: "init", model: "gemini-wire" },
    {
      type: "result",
      status: "error",
      error: { type: "unknown", message },
      stats: { total_tokens: 0, input_tokens: 0, output_tokens: 0 },
    },
  );
  process.exit(144);
}

async function print(...lines) {
  for (const line of lines) await write(`${JSON.stringify(line)}\n`);
}

function write(text) {
  return new Promise((resolve) => process.stdout.write(text, resolve));
}
