import { expect, test } from "vitest";
import { classifyConnectionError } from "./connection-error.ts";

const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:4000"), { code: "ECONNREFUSED" });

test.each([
  [
    "a refused connection",
    fetchFailed(refused),
    { kind: "connection", retryable: true, message: /failed: connect ECONNREFUSED 127/ },
  ],
  [
    "each of two addresses",
    fetchFailed(new AggregateError([refused, refused])),
    { kind: "connection", message: /ECONNREFUSED/ },
  ],
  [
    "a connection that takes too long",
    fetchFailed(coded("Connect Timeout Error", "UND_ERR_CONNECT_TIMEOUT")),
    { kind: "timeout", retryable: true, message: /in time/ },
  ],
  [
    "an unknown certificate",
    fetchFailed(coded("self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT")),
    { kind: "connection", retryable: false, message: /cannot be trusted/ },
  ],
  [
    "a reset",
    fetchFailed(coded("other side closed", "UND_ERR_SOCKET")),
    { kind: "connection", retryable: true, message: /other side closed \(UND_ERR_SOCKET\)/ },
  ],
  [
    "an error without a cause",
    new TypeError("terminated"),
    { kind: "connection", retryable: true, message: /terminated/ },
  ],
  ["something that is no error", "what", { kind: "connection", message: /unknown reason/ }],
])("%s", (_name, error, { message, ...expected }) => {
  const classified = classifyConnectionError(error, "http://localhost:4000/v1", (text) => text);

  expect(classified).toMatchObject(expected);
  expect(classified.message).toMatch(message);
});

function fetchFailed(cause: Error): TypeError {
  return new TypeError("fetch failed", { cause });
}

function coded(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
