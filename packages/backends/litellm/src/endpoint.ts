import { parseBaseUrl, versionedPath } from "@jaunt/backend-kit";
import type { Preset } from "./presets.ts";

/** Where requests go, without credentials. */
export interface Endpoint {
  /** Where `model` is asked. */
  completions(model: string): URL;
  readonly models: URL;
  /** For messages: the base without its query, which may hold a key. */
  readonly shown: string;
}

/**
 * Reads `base_url`, with or without its version segment (`/v1`). Empty means the preset's own address.
 * @throws {JauntError} when it is not an http(s) URL, carries a password, or is empty where every account has its own
 */
export function parseEndpoint(baseUrl: string, { defaultBase, exampleBase, paths }: Preset): Endpoint {
  const base = parseBaseUrl(baseUrl === "" ? defaultBase : baseUrl, exampleBase);
  const given = base.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  const at = (path: string): URL => {
    const url = new URL(base);
    url.pathname = path;
    url.hash = "";
    return url;
  };
  if (paths === "azure" && isDated(base, given)) {
    const [, root = "", , deployment] = /^(.*?)(\/openai)?(?:\/deployments\/([^/]+))?$/.exec(given) ?? [];
    const openai = `${root}/openai`;
    return {
      completions: (model) => at(`${openai}/deployments/${deployment ?? encodeURIComponent(model)}/chat/completions`),
      models: at(`${openai}/models`),
      shown: `${base.origin}${openai}`,
    };
  }
  const path = paths === "azure" ? azurePath(given) : versionedPath(given);
  const completions = at(`${path}/chat/completions`);
  return { completions: () => completions, models: at(`${path}/models`), shown: `${base.origin}${path}` };
}

/** A version of the API that is a date, or a deployment in the path, is of the time before `/openai/v1`. */
function isDated(base: URL, path: string): boolean {
  return path.includes("/deployments/") || /^\d{4}-\d\d-\d\d/.test(base.searchParams.get("api-version") ?? "");
}

/** `/openai/v1` below whatever a gateway puts before it. */
function azurePath(path: string): string {
  if (/\/v\d/.test(path)) return path;
  return `${path.replace(/\/openai$/, "")}/openai/v1`;
}
