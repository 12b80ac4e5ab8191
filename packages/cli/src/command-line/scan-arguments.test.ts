import { expect, test } from "vitest";
import { scanArguments } from "./scan-arguments.ts";

test.each([
  [["--json", "biuld"], { command: "jaunt", json: true }],
  [["build", "--output", "json"], { command: "build", json: true }],
  [["build", "--output=json"], { json: true }],
  [["build", "--output", "text"], { json: false }],
  [["--root", "a", "status", "--root=b"], { command: "status", root: "b" }],
  [["status", "--no-color", "--debug", "--verbose"], { color: false, debug: true, verbose: true }],
  [["why", "--", "--json"], { command: "why", json: false }],
])("%j shows how the result is wanted, whatever else is wrong", (argv, expected) => {
  expect(scanArguments(argv)).toMatchObject(expected);
});
