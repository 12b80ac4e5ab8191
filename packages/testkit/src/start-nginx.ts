import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProcess } from "./run-process.ts";
import { waitFor } from "./wait-for.ts";

export interface NginxOptions {
  /** Path of the program, from `findNginx`. */
  readonly binary: string;
  /** User and password that every request needs. Default: none. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Largest body that is taken, as nginx spells it. Default `16m`. */
  readonly maxBody?: string;
}

/** A WebDAV server on loopback. */
export interface NginxServer {
  /** Without a trailing slash. */
  readonly url: string;
  /** Absolute native path of the folder that it serves and stores into. */
  readonly folder: string;
  /** Every request so far, as `GET /path 200`. */
  requests(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts nginx as a child in the foreground, with a configuration and folders of its own. The caller stops it. */
export async function startNginx(options: NginxOptions): Promise<NginxServer> {
  const home = await mkdtemp(join(tmpdir(), "jaunt-nginx-"));
  const port = await freePort();
  await mkdir(join(home, "www"));
  await mkdir(join(home, "tmp"));
  await writeFile(join(home, "nginx.conf"), configuration(port, options));
  const { user, password } = options.login ?? { user: "nobody", password: "" };
  await writeFile(join(home, "users"), `${user}:{PLAIN}${password}\n`);
  const server = startProcess(options.binary, ["-p", home, "-e", "error.log", "-c", "nginx.conf"], {
    cwd: home,
    timeoutMs: 600_000,
  });
  let ended = false;
  const finished = server.finished.then(
    () => (ended = true),
    () => (ended = true),
  );
  const url = `http://127.0.0.1:${String(port)}`;
  await waitFor(() => ended || answers(url), { what: "nginx to answer" });
  if (ended) throw new Error(`nginx did not start: ${await readFile(join(home, "error.log"), "utf8")}`);
  return {
    url,
    folder: join(home, "www"),
    async requests() {
      const log = await readFile(join(home, "access.log"), "utf8");
      // The first is our own, of the start.
      return log.trim().split("\n").slice(1);
    },
    async stop() {
      server.kill("SIGTERM");
      await finished;
      await rm(home, { recursive: true, force: true });
    },
  };
}

function configuration(port: number, { login, maxBody = "16m" }: NginxOptions): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path tmp/${kind};`,
  );
  return `
daemon off;
# One process of the caller's own user, which a signal ends.
master_process off;
pid nginx.pid;
events { worker_connections 256; }
http {
  ${temporary.join("\n  ")}
  log_format short '$request_method $uri $status';
  access_log access.log short;
  client_max_body_size ${maxBody};
  server {
    listen 127.0.0.1:${String(port)};
    location / {
      root www;
      dav_methods PUT DELETE;
      create_full_put_path on;
      ${login === undefined ? "" : "auth_basic cache; auth_basic_user_file users;"}
    }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
