import type { SpecModule } from "@jaunt/core";

/** A reach outside the program that callers would not expect unless the spec says so. */
export interface Effect {
  readonly rule: "no-files" | "no-network" | "no-processes" | "no-environment";
  readonly prohibition: string;
  /** Built-in modules that have it, without `node:` and subpath. */
  readonly modules: readonly string[];
  /** Global names that have it; `process.env` is a member. */
  readonly globals: readonly string[];
  /** Whether the spec file imports such a module or mentions the effect in a doc comment or signature. */
  isStatedBy(module: SpecModule): boolean;
}

/** Every effect that needs to be stated. */
export const effects: readonly Effect[] = [
  effect({
    rule: "no-files",
    prohibition: "Do not read or write files",
    modules: ["fs"],
    globals: [],
    mention:
      /\bnode:fs\b|\bfs\b|\bfile ?systems?\b|\b(?:read|writ|open|load|sav|append|delet|creat|watch|scan|list|walk)\w*\b[^.;]{0,30}\b(?:files?|folders?|director(?:y|ies)|disk)\b|\b(?:from|on|to) disk\b/i,
  }),
  effect({
    rule: "no-network",
    prohibition: "Do not use the network",
    modules: ["dgram", "dns", "http", "http2", "https", "net", "tls"],
    globals: ["EventSource", "WebSocket", "XMLHttpRequest", "fetch"],
    mention:
      /\bfetch\w*\b|\bnetwork\b|\bdownload\w*\b|\bupload\w*\b|\bwebsockets?\b|\bsockets?\b|\bhttps? (?:calls?|clients?|requests?|servers?)\b/i,
  }),
  effect({
    rule: "no-processes",
    prohibition: "Start no processes, workers or shells",
    modules: ["child_process", "cluster", "worker_threads"],
    globals: ["Worker"],
    mention:
      /\bchild[_ ]process(?:es)?\b|\bsubprocess(?:es)?\b|\bspawn\w*\b|\bshell\b|\bworkers?\b|\b(?:exec\w*|runs?|starts?) (?:a |the |an )?(?:command|process|program)s?\b/i,
  }),
  effect({
    rule: "no-environment",
    prohibition: "Do not read `process.env`, `process.argv` or the working directory",
    modules: [],
    globals: ["process.argv", "process.chdir", "process.cwd", "process.env", "process.exit"],
    mention: /\bprocess\.\w+|\benvironment\b|\benv\b|\bworking directory\b|\bcommand[ -]line\b/i,
  }),
];

function effect(options: Omit<Effect, "isStatedBy"> & { readonly mention: RegExp }): Effect {
  const { mention, ...facts } = options;
  return {
    ...facts,
    isStatedBy: (module) =>
      module.outline.imports.some(({ specifier }) =>
        facts.modules.includes(specifier.replace(/^node:/, "").split("/")[0] ?? ""),
      ) ||
      module.specs.some((spec) =>
        mention.test(`${spec.signature}\n${spec.doc}\n${spec.members.map((member) => member.doc).join("\n")}`),
      ),
  };
}
