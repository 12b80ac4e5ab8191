import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";

/** One request that a server has seen. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface HttpServer {
  /** Without a trailing slash, for `base_url`. */
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Connections that are open now. */
  connections(): number;
  close(): Promise<void>;
}

/** Serves loopback by hand: `answer` writes every byte of the reply itself, once the request has arrived. */
export async function startHttpServer(
  answer: (request: SeenRequest, reply: ServerResponse) => unknown,
): Promise<HttpServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, reply) => {
    void buffer(incoming).then((bytes) => {
      const { method = "", url: path = "", headers } = incoming;
      const request = { method, path, headers, body: bytes.toString("utf8") };
      requests.push(request);
      return answer(request, reply);
    });
  });
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    connections: () => open.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
