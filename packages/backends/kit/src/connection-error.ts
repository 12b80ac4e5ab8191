import { BackendError } from "@jaunt/core";

/** A failure of `fetch` or of reading its body, as the port knows errors. */
export function classifyConnectionError(
  error: unknown,
  endpoint: string,
  clean: (text: string) => string,
): BackendError {
  const { code, message } = rootCause(error);
  const said = clean(code === undefined || message.includes(code) ? message : `${message} (${code})`);
  if (code !== undefined && /^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code)) {
    return new BackendError(`${endpoint} did not answer in time: ${said}.`, {
      kind: "timeout",
      hint: unreachable(endpoint),
    });
  }
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) {
    return new BackendError(`${endpoint} cannot be trusted: ${said}.`, {
      kind: "connection",
      retryable: false,
      hint: "If the certificate is your organisation's own, name its file in NODE_EXTRA_CA_CERTS.",
    });
  }
  return new BackendError(`The connection to ${endpoint} failed: ${said}.`, {
    kind: "connection",
    hint: unreachable(endpoint),
  });
}

/** `fetch` says only "fetch failed" and hides the reason in causes, several when it tried several addresses. */
function rootCause(error: unknown): { readonly code: string | undefined; readonly message: string } {
  let current = error;
  while (current instanceof Error) {
    const next: unknown = current instanceof AggregateError ? current.errors[0] : current.cause;
    if (!(next instanceof Error)) break;
    current = next;
  }
  const { code, message } = (current ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const text = typeof message === "string" && message !== "" ? message : "unknown reason";
  return { code: typeof code === "string" ? code : undefined, message: text };
}

function unreachable(endpoint: string): string {
  return `Is a server running at ${endpoint}? [llm] base_url says where it is.`;
}
