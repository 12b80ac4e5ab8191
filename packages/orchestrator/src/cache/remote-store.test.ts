import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { GenerateResponse } from "@jaunt/core";
import { afterAll, describe, expect, test } from "vitest";
import { encodeActionResult } from "./action-result.ts";
import { parseRemoteAddress } from "./remote-address.ts";
import { openRemoteStore, type RemoteStore } from "./remote-store.ts";

const key = "a".repeat(64);
const reply: GenerateResponse = {
  text: "```ts\nexport const x = 1;\n```",
  channel: "text",
  finish: "stop",
  usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 },
  model: "m",
};
const replyBytes = Buffer.from(JSON.stringify(reply));
const replyHash = sha256(replyBytes);
const entry = encodeActionResult({ hash: replyHash, size: replyBytes.length });

const closing: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

describe.concurrent("reading", () => {
  test("a reply comes through its entry and is as it was stored", async () => {
    const { store, warnings, requests } = await serve(honest);
    expect(await store.get(key)).toEqual(reply);
    expect(requests).toEqual([`GET /ac/${key}`, `GET /cas/${replyHash}`]);
    expect(warnings).toEqual([]);
  });

  test("what is missing is a miss without a word: the entry, or the reply that it points at", async () => {
    const { store, warnings } = await serve((request, response) => {
      if (request.url?.startsWith("/cas/") === true) response.writeHead(404).end("not here");
      else honest(request, response);
    });
    expect(await store.get(key)).toBeUndefined();
    expect(await store.get("b".repeat(64))).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  const lies: readonly (readonly [string, string, (path: string, response: ServerResponse) => void])[] = [
    [
      "a reply of the right size and other content",
      "does not match its digest",
      (path, response) => answer(path, response, { cas: Buffer.from(replyBytes.toString().replace("x = 1", "x = 2")) }),
    ],
    [
      "a reply that is longer than its entry says",
      "does not match its digest",
      (path, response) => answer(path, response, { cas: Buffer.concat([replyBytes, Buffer.from(" ")]) }),
    ],
    [
      "an entry with a wrong size",
      "does not match its digest",
      (path, response) =>
        answer(path, response, { ac: encodeActionResult({ hash: replyHash, size: replyBytes.length + 1 }) }),
    ],
    [
      "an entry that announces a huge reply",
      "no cache entry",
      (path, response) => answer(path, response, { ac: encodeActionResult({ hash: replyHash, size: 2 ** 40 }) }),
    ],
    [
      "a page with status 200",
      "no cache entry",
      (_path, response) =>
        void response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Sign in</body></html>"),
    ],
    [
      "an entry without end",
      "no cache entry",
      (_path, response) => {
        const pour = setInterval(() => response.write(Buffer.alloc(64 * 1024)), 1);
        response.on("close", () => clearInterval(pour));
      },
    ],
    [
      "a reply without end",
      "does not match its digest",
      (path, response) => {
        if (path.startsWith("/ac/")) return answer(path, response, {});
        const pour = setInterval(() => response.write(Buffer.alloc(64 * 1024)), 1);
        response.on("close", () => clearInterval(pour));
      },
    ],
    [
      "something verified that is no reply",
      "no reply",
      (path, response) => {
        const cas = Buffer.from('{"text":1}');
        answer(path, response, { cas, ac: encodeActionResult({ hash: sha256(cas), size: cas.length }) });
      },
    ],
  ];
  test.each(lies)("%s is a miss, said once, and the next lookup is tried", async (_name, message, lie) => {
    let lying = true;
    const { store, warnings } = await serve((request, response) => {
      if (lying) lie(request.url ?? "", response);
      else honest(request, response);
    });
    expect(await store.get(key)).toBeUndefined();
    expect(await store.get(key)).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(message)]);
    lying = false;
    expect(await store.get(key)).toEqual(reply);
  });

  const failures: readonly (readonly [string, string, (request: IncomingMessage, response: ServerResponse) => void])[] =
    [
      ["a server error", "answers with status 500", (_request, response) => void response.writeHead(500).end()],
      ["a full gateway", "answers with status 503", (_request, response) => void response.writeHead(503).end()],
      ["no credentials", "refuses access (401)", (_request, response) => void response.writeHead(401).end()],
      ["wrong credentials", "refuses access (403)", (_request, response) => void response.writeHead(403).end()],
      ["a reset connection", "broke the connection off", (request) => void request.socket.destroy()],
      [
        "a reply that is cut off",
        "broke the connection off",
        (request, response) => {
          if (request.url?.startsWith("/ac/") === true) return honest(request, response);
          response.writeHead(200, { "content-length": replyBytes.length });
          response.write(replyBytes.subarray(0, 10), () => request.socket.destroy());
        },
      ],
    ];
  test.each(failures)("after %s nothing more is asked, and it is said once", async (_name, message, fail) => {
    const { store, warnings, requests } = await serve(fail);
    expect(await store.get(key)).toBeUndefined();
    const asked = requests.length;
    expect(await store.get("b".repeat(64))).toBeUndefined();
    expect(requests).toHaveLength(asked);
    expect(warnings).toEqual([expect.stringContaining(message)]);
  });

  test("a redirect is not followed, whatever it promises", async () => {
    const elsewhere = await serve(honest);
    const { store, warnings } = await serve((request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}${request.url ?? ""}` }).end();
    });
    expect(await store.get(key)).toBeUndefined();
    expect(elsewhere.requests).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("sends elsewhere (302)")]);
  });

  test("a silent server costs two seconds in all, however many ask at once", async () => {
    const { store, warnings } = await serve(() => {});
    const start = performance.now();
    await Promise.all(Array.from({ length: 8 }, () => store.get(key)));
    await store.get(key);
    expect(performance.now() - start).toBeGreaterThan(1_900);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(warnings).toEqual([expect.stringContaining("did not answer within 2 s")]);
  });

  test("a body that trickles costs no more", async () => {
    const { store } = await serve((_request, response) => {
      const drip = setInterval(() => response.write("x"), 50);
      response.on("close", () => clearInterval(drip));
    });
    const start = performance.now();
    await store.get(key);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test("a server that is slow and has nothing is given up after a few seconds", async () => {
    const { store, warnings, requests } = await serve((_request, response) => {
      void sleep(1_200).then(() => response.writeHead(404).end());
    });
    const start = performance.now();
    for (let index = 0; index < 12; index += 1) await store.get(key);
    expect(performance.now() - start).toBeLessThan(9_000);
    expect(requests.length).toBeLessThan(12);
    expect(warnings).toEqual([expect.stringContaining("is slow")]);
  });

  test("nothing listens there", async () => {
    const { store, warnings, close } = await serve(honest);
    await close();
    expect(await store.get(key)).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining("cannot be reached (ECONNREFUSED)")]);
  });

  test("an interrupt ends a lookup at once and is no reason to warn", async () => {
    const controller = new AbortController();
    const { store, warnings } = await serve(() => {}, { signal: controller.signal });
    const lookup = store.get(key);
    await sleep(50);
    const start = performance.now();
    controller.abort();
    expect(await lookup).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
    expect(warnings).toEqual([]);
  });
});

describe.concurrent("storing", () => {
  test("does nothing unless it is allowed", async () => {
    const { store, requests } = await serve(accept, { write: false });
    store.put(key, reply);
    await store.close();
    expect(requests).toEqual([]);
  });

  test("puts the reply before the entry that points at it", async () => {
    const { store, requests, bodies, warnings } = await serve(accept, { write: true });
    store.put(key, reply);
    await store.close();
    expect(requests).toEqual([`PUT /cas/${replyHash}`, `PUT /ac/${key}`]);
    expect(bodies).toEqual([replyBytes, entry]);
    expect(warnings).toEqual([]);
  });

  test("many are stored, a few at a time", async () => {
    let open = 0;
    let most = 0;
    const { store, requests } = await serve(
      (_request, response) => {
        most = Math.max(most, ++open);
        void sleep(5).then(() => {
          open -= 1;
          response.writeHead(201).end();
        });
      },
      { write: true },
    );
    for (let index = 0; index < 30; index += 1) store.put(index.toString(16).padStart(64, "0"), reply);
    await store.close();
    expect(requests).toHaveLength(60);
    expect(most).toBeLessThanOrEqual(8);
  });

  test.each([
    [403, "refuses to store replies (403)"],
    [405, "cannot be written to (405)"],
    [413, "has no room (413)"],
    [507, "has no room (507)"],
    [500, "answers with status 500"],
    [301, "sends elsewhere (301)"],
  ])("a server that answers %i is asked no more, it is said once, and reading goes on", async (status, message) => {
    const { store, warnings, requests } = await serve(
      (request, response) => {
        if (request.method === "PUT") response.writeHead(status).end();
        else honest(request, response);
      },
      { write: true },
    );
    store.put(key, reply);
    while (warnings.length === 0) await sleep(5);
    store.put(key, reply);
    expect(await store.get(key)).toEqual(reply);
    await store.close();
    expect(requests.filter((request) => request.startsWith("PUT"))).toEqual([`PUT /cas/${replyHash}`]);
    expect(warnings).toEqual([expect.stringContaining(message)]);
  });

  test("a server that takes its time holds up the end by two seconds at most", async () => {
    const { store, warnings } = await serve(() => {}, { write: true });
    const start = performance.now();
    store.put(key, reply);
    expect(performance.now() - start).toBeLessThan(100);
    await store.close();
    expect(performance.now() - start).toBeLessThan(2_600);
    expect(warnings).toHaveLength(1);
  });

  test("an interrupt gives up at once", async () => {
    const controller = new AbortController();
    const { store, warnings } = await serve(() => {}, { write: true, signal: controller.signal });
    store.put(key, reply);
    await sleep(50);
    controller.abort();
    const start = performance.now();
    await store.close();
    expect(performance.now() - start).toBeLessThan(300);
    expect(warnings).toEqual([]);
  });
});

test("credentials go along with every request, and only there", async () => {
  const seen: (string | undefined)[] = [];
  const { store, warnings } = await serve(
    (request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401).end();
    },
    { write: true, token: "planted-secret" },
  );
  await store.get(key);
  store.put(key, reply);
  await store.close();
  expect(seen).toEqual(["Bearer planted-secret", "Bearer planted-secret"]);
  expect(warnings.join()).not.toContain("planted-secret");
});

interface Served {
  readonly store: RemoteStore;
  readonly url: string;
  readonly warnings: readonly string[];
  readonly requests: readonly string[];
  readonly bodies: readonly Buffer[];
  close(): Promise<void>;
}

/** A store in front of a real server that answers with `handle`. */
async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  options: { readonly write?: boolean; readonly signal?: AbortSignal; readonly token?: string } = {},
): Promise<Served> {
  const requests: string[] = [];
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      if (request.method === "PUT") bodies.push(Buffer.concat(pieces));
      handle(request, response);
    });
    request.on("error", () => {});
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  closing.push(close);
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const warnings: string[] = [];
  const store = openRemoteStore({
    address: parseRemoteAddress(url, options.token),
    write: options.write === true,
    signal: options.signal ?? new AbortController().signal,
    warn: (message) => warnings.push(message),
  });
  return { store, url, warnings, requests, bodies, close };
}

/** Serves one reply under one key. */
function honest(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === `/ac/${key}` || request.url === `/cas/${replyHash}`) answer(request.url, response, {});
  else response.writeHead(404).end();
}

function answer(
  path: string,
  response: ServerResponse,
  { ac = entry, cas = replyBytes }: { readonly ac?: Buffer; readonly cas?: Buffer },
): void {
  response.writeHead(200).end(path.startsWith("/ac/") ? ac : cas);
}

function accept(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(201).end();
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
