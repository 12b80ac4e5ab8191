import { JauntError } from "@jaunt/core";
import { expect, test } from "vitest";
import { parseRemoteAddress } from "./remote-address.ts";

test("an address loses its slash at the end, and keeps its folder and port", () => {
  expect(parseRemoteAddress("https://cache.example.com/", undefined)).toEqual({
    url: "https://cache.example.com",
    authorization: undefined,
    exposed: false,
  });
  expect(parseRemoteAddress("https://cache.example.com:8443/team/jaunt//", undefined).url).toBe(
    "https://cache.example.com:8443/team/jaunt",
  );
});

test("user and password become a Basic header and leave the address", () => {
  const { url, authorization } = parseRemoteAddress("https://ann:p%40ss%3Aw%C3%B6rd@cache.example.com/x", undefined);
  expect(url).toBe("https://cache.example.com/x");
  expect(Buffer.from(authorization?.replace("Basic ", "") ?? "", "base64").toString()).toBe("ann:p@ss:wörd");
});

test("a token becomes a Bearer header and wins over a password", () => {
  expect(parseRemoteAddress("https://ann:secret@cache.example.com", "tok").authorization).toBe("Bearer tok");
  expect(parseRemoteAddress("https://cache.example.com", "").authorization).toBeUndefined();
});

test.each([
  ["http://cache.example.com", true],
  ["http://10.0.0.7:8080", true],
  ["http://127.0.0.1.example.com", true],
  ["https://cache.example.com", false],
  ["http://localhost:8080", false],
  ["http://127.0.0.1:8080", false],
  ["http://[::1]:8080", false],
  ["http://cache.localhost", false],
])("%s is exposed: %s", (remote, exposed) => {
  expect(parseRemoteAddress(remote, undefined).exposed).toBe(exposed);
});

test.each([
  ["no address", "https://ann:planted-secret@", undefined],
  ["another protocol", "ftp://ann:planted-secret@cache.example.com", undefined],
  ["a query", "https://ann:planted-secret@cache.example.com/?a=b", undefined],
  ["a password that is not encoded", "https://ann:planted-secret%@cache.example.com/", undefined],
  ["a token with a line end", "https://cache.example.com/", "planted-secret\n"],
])("%s is an error of the configuration that repeats no secret", (_name, remote, token) => {
  let thrown: unknown;
  try {
    parseRemoteAddress(remote, token);
  } catch (error) {
    thrown = error;
  }
  expect(JauntError.isInstance(thrown) && [thrown.code, thrown.exitCode]).toEqual(["config-invalid", 2]);
  expect(`${String(thrown)} ${(thrown as JauntError).hint ?? ""} ${(thrown as Error).stack ?? ""}`).not.toContain(
    "planted-secret",
  );
});
