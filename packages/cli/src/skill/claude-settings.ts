import { parseJsonTree, type JsonNode } from "./json-tree.ts";

/** Tools whose events the guard looks at, as Claude Code's matcher takes them. */
const guardMatcher: string = "Edit|Write|MultiEdit|NotebookEdit|Bash";

/** One entry of `hooks.PreToolUse`, as Claude Code documents it. */
export interface HookEntry {
  readonly matcher: string;
  readonly hooks: readonly { readonly type: "command"; readonly command: string; readonly timeout: number }[];
}

/** The entry that runs the guard. A hook that takes longer than ten seconds is given up, and the tool runs. */
export function guardHook(command: string): HookEntry {
  return { matcher: guardMatcher, hooks: [{ type: "command", command, timeout: 10 }] };
}

/**
 * The text of a settings.json with the guard in `hooks.PreToolUse`. All that is there stays byte for byte, comments and other hooks
 * included; where the guard is there already, only its command is brought up to date. An empty text is a new file.
 * @throws {Error} saying why the text cannot be changed safely
 */
export function withGuardHook(text: string, command: string): string {
  if (text.replace(/^\uFEFF/, "").trim() === "")
    return `${text}${JSON.stringify({ hooks: { PreToolUse: [guardHook(command)] } }, null, 2)}\n`;
  const root = expectKind(parseJsonTree(text), "object", "the whole");
  const installed = findGuard(root, text);
  if (installed !== undefined)
    return text.slice(0, installed.start) + JSON.stringify(command) + text.slice(installed.end);
  const entry = guardHook(command);
  const hooks = member(root, "hooks");
  if (hooks === undefined) return insert(text, root, "hooks", { PreToolUse: [entry] });
  const events = member(expectKind(hooks, "object", "hooks"), "PreToolUse");
  if (events === undefined) return insert(text, hooks, "PreToolUse", [entry]);
  return insert(text, expectKind(events, "array", "hooks.PreToolUse"), undefined, entry);
}

/** The command of the guard that is installed, by what it runs and not by how it is found. */
function findGuard(root: JsonNode, text: string): JsonNode | undefined {
  const events = member(member(root, "hooks"), "PreToolUse");
  return (events?.items ?? [])
    .flatMap((entry) => member(entry, "hooks")?.items ?? [])
    .map((hook) => member(hook, "command"))
    .find(
      (found) =>
        found?.kind === "string" && /\bjaunt\b.* guard --hook claude\s*$/s.test(found.text) && found.end <= text.length,
    );
}

/** The last one of a name, as JSON takes it. */
function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.members.findLast((found) => found.key === key)?.value;
}

function expectKind(node: JsonNode, kind: JsonNode["kind"], what: string): JsonNode {
  if (node.kind === kind) return node;
  throw new Error(`${what} is not an ${kind}`);
}

/** Adds a member or item behind the last one, indented as its neighbours are. */
function insert(text: string, container: JsonNode, key: string | undefined, value: unknown): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const last = container.members.at(-1)?.value ?? container.items.at(-1);
  const outer = indentAt(text, container.start);
  const unit = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const inner = last === undefined ? outer + unit : (ownIndent(text, container) ?? outer + unit);
  const json = JSON.stringify(value, null, unit).replaceAll("\n", newline + inner);
  const added = `${newline}${inner}${key === undefined ? "" : `${JSON.stringify(key)}: `}${json}`;
  const close = container.end - 1;
  const tail = /\s*$/.exec(text.slice(container.start + 1, close))?.[0].length ?? 0;
  const comma = last !== undefined && !container.trailingComma ? last.end : undefined;
  const head = text.slice(0, close - tail);
  const withComma = comma === undefined ? head : `${head.slice(0, comma)},${head.slice(comma)}`;
  return `${withComma}${added}${newline}${outer}${text.slice(close)}`;
}

/** Indentation of the line that an offset is in. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** Indentation of what a container holds, when it has lines of its own. */
function ownIndent(text: string, { start, end }: JsonNode): string | undefined {
  return /\n([ \t]*)[^\s/]/.exec(text.slice(start, end - 1))?.[1];
}
