import { createRequire } from "node:module";
import { join } from "node:path";
import { repositoryRoot } from "@jaunt/testkit";
import { keyOfReply } from "./forty-modules.ts";

interface ContentStore {
  readonly ls: (folder: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly get: (folder: string, key: string) => Promise<{ readonly data: Buffer }>;
}

/** The keys of all replies that a project's store holds whole, read with the store's own library. */
export async function storedReplies(root: string): Promise<ReadonlySet<string>> {
  const require = createRequire(join(repositoryRoot(), "packages/orchestrator/package.json"));
  const store = require("cacache") as ContentStore;
  const folder = join(root, ".jaunt/cache/responses");
  const keys = new Set<string>();
  for (const key of Object.keys(await store.ls(folder))) {
    const reply = JSON.parse((await store.get(folder, key)).data.toString("utf8")) as { readonly text: string };
    keys.add(keyOfReply(reply.text));
  }
  return keys;
}
