import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { all, remove, replace, rewrite, write, type Change } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";
import { shopModules } from "../shop-modules.ts";

const anotherModel = replace(
  "jaunt.toml",
  /provider = "replay"\nmodel = "hand-written"\nrecordings = .*/,
  'provider = "litellm"\nmodel = "another"\nbase_url = "http://127.0.0.1:9/v1"',
);
const { status, check, build } = editsOf("shop");
const lockfileEntry = replace(
  "package-lock.json",
  '"dev": true }',
  '"dev": true },\n    "node_modules/left-pad": { "version": "1.3.0" }',
);

/** Files that belong to the tools around a project, its settings, and the clock. */
export const settingEdits: readonly Edit[] = [
  status("one entry of the lockfile", lockfileEntry),
  build("a build after one entry of the lockfile", lockfileEntry, {}, 0),
  status(
    "`packageManager` in package.json",
    replace("package.json", '"private": true', '"private": true,\n  "packageManager": "pnpm@12.21.0"'),
  ),
  status(
    "a dependency in package.json",
    replace("package.json", '"typescript"', '"left-pad": "1.3.0",\n    "typescript"'),
  ),
  status("a flag of the tsconfig", replace("tsconfig.json", '"strict": true', '"strict": false')),
  status("the target of the tsconfig", replace("tsconfig.json", '"target": "ES2023"', '"target": "ES2024"')),
  status("a comment in the tsconfig", replace("tsconfig.json", '"strict"', '// all of it\n    "strict"')),
  status("an alias added to the tsconfig", replace("tsconfig.json", '"@/*"', '"~/*": ["./src/shipping/*"], "@/*"')),
  status("the tsconfig split in two", async (project) => {
    const whole = await project.read("tsconfig.json");
    await project.write("tsconfig.base.json", whole.replace(/,\s*"include": \["src"\]/, ""));
    await project.write("tsconfig.json", '{ "extends": "./tsconfig.base.json", "include": ["src"] }\n');
  }),
  status(
    "an alias that points elsewhere",
    all(
      replace("tsconfig.json", '"./src/*"', '"./src/legacy/*"'),
      write("src/legacy/cart.ts", "export interface Cart {\n  readonly items: readonly string[];\n}\n"),
      write("src/legacy/types.ts", 'export type { Order } from "../types.js";\n'),
    ),
    { stale: ["src/checkout"] },
  ),
  status("the model", anotherModel, { outdated: shopModules }),
  check("the model", anotherModel, { warning: shopModules }),
  status(
    "the prompt",
    rewrite("jaunt.toml", (text) => `${text}\n[prompts]\nextra_system = "Prefer loops."\n`),
    { outdated: shopModules },
  ),
  status(
    "the model, in a project that rebuilds for it",
    all(
      anotherModel,
      rewrite("jaunt.toml", (text) => `${text}\n[build]\nrebuild_on = ["model"]\n`),
    ),
    { stale: shopModules },
  ),
  status(
    "the prompt, in a project that rebuilds for models alone",
    rewrite(
      "jaunt.toml",
      (text) => `${text}\n[build]\nrebuild_on = ["model"]\n[prompts]\nextra_system = "Prefer loops."\n`,
    ),
    {
      outdated: shopModules,
    },
  ),
  status(
    "settings of the build",
    rewrite(
      "jaunt.toml",
      (text) => `${text}\n[build]\njobs = 2\nmax_attempts = 1\nverify = "types"\non_dependency_change = "regenerate"\n`,
    ),
  ),
  status(
    "inference of dependencies switched off",
    rewrite("jaunt.toml", (text) => `${text}\n[build]\ninfer_deps = false\n`),
    {
      // What they need stands only in their signatures and kept bodies, not in a link.
      stale: ["src/cart", "src/checkout", "src/reservations"],
    },
  ),
  status("another folder for generated files", replace("jaunt.toml", "[paths]", '[paths]\ngenerated_dir = "built"'), {
    unbuilt: shopModules,
  }),
  status("the cache deleted", remove(".jaunt/cache")),
  status("the folder of Jaunt deleted", remove(".jaunt")),
  status(
    "garbage in the cache",
    all(write(".jaunt/cache/summary.json", "{"), write(".jaunt/cache/analysis.txt", "\0garbage")),
  ),
  status(
    "a cache cut off in the middle",
    all(
      rewrite(".jaunt/cache/analysis.txt", (text) => text.slice(0, text.length / 2)),
      rewrite(".jaunt/cache/summary.json", (text) => text.slice(0, text.length / 2)),
    ),
  ),
  status(
    "every time stamp set to now",
    rewriteTimes(() => new Date()),
  ),
  status(
    "every time stamp in the past",
    rewriteTimes(() => new Date("1999-12-31T12:00:00Z")),
  ),
  status(
    "every time stamp in the future",
    rewriteTimes(() => new Date(Date.now() + 86_400_000)),
  ),
  status(
    "an edit with a time stamp in the future",
    all(
      replace("src/priorities.jaunt.ts", "ten lines", "six lines"),
      setTime("src/priorities.jaunt.ts", new Date(Date.now() + 86_400_000)),
    ),
    { stale: ["src/priorities"] },
  ),
  status(
    "an edit with a time stamp in the past",
    all(
      replace("src/priorities.jaunt.ts", "ten lines", "six lines"),
      setTime("src/priorities.jaunt.ts", new Date("1999-12-31T12:00:00Z")),
    ),
    { stale: ["src/priorities"] },
  ),
  status("an edit that keeps size and time stamp", unseen("src/priorities.jaunt.ts", "ten lines", "six lines"), {
    stale: ["src/priorities"],
  }),
  status(
    "an edit of a type file that keeps size and time stamp",
    unseen("src/shipping/zones.ts", '"abroad"', '"beyond"'),
    {
      stale: ["src/shipping/carrier", "src/shipping/label"],
    },
  ),
  status(
    "an edit of a generated file that keeps size and time stamp",
    unseen("src/__generated__/slug.ts", '"-")', '"_")'),
    { edited: ["src/slug"] },
  ),
  status("a file touched", setTime("src/money.jaunt.ts", new Date())),
  status("files written again as they are", rewriteSame()),
];

function rewriteTimes(when: () => Date): Change {
  return async (project) => {
    for (const path of await project.list()) await utimes(join(project.root, path), when(), when());
  };
}

function setTime(path: string, when: Date): Change {
  return (project) => utimes(join(project.root, path), when, when);
}

function rewriteSame(): Change {
  return async (project) => {
    for (const path of await project.list("src"))
      await project.write(`src/${path.slice("src/".length)}`, await project.read(path));
  };
}

/**
 * An edit of the same length in place, after which the file has its old time again: as some copying and syncing tools leave it. The
 * cache that the edit has to get past is old enough to be trusted.
 */
function unseen(path: string, from: string, to: string): Change {
  return async (project: TemporaryProject) => {
    const when = new Date(Date.now() - 3_600_000);
    await setTime(path, when)(project);
    // The cache trusts no file that changed in the last two seconds.
    await setTimeout(2100);
    await runJaunt(project.root, ["status"]);
    await replace(path, from, to)(project);
    await setTime(path, when)(project);
  };
}
