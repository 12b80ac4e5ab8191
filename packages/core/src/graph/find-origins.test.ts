import { expect, test } from "vitest";
import { findOrigins, type Origins } from "./find-origins.ts";
import { NameResolver } from "./name-resolver.ts";
import { declare, declareValue, lookupOf, module, spec } from "./project.test.helper.ts";

const errors = module("src/errors", [spec("parse")], {
  declarations: [declareValue("MailError"), declare("Shape", [], { kind: "both" }), declare("Options")],
});
const plain = {
  declarations: [declareValue("helper")],
  reexports: ["Renamed < MailError from ./errors.js", "* from ./errors.js"],
};

function originsOf(...imports: readonly string[]): Origins {
  const app = module("src/app", [spec("run")], { imports });
  const lookup = lookupOf([app, errors], { "src/index.ts": plain });
  return findOrigins(app, new NameResolver(lookup), lookup);
}

test.each([
  [
    "through the facade",
    "MailError from ./errors.js",
    { MailError: { path: "src/errors.jaunt.ts", name: "MailError" } },
  ],
  [
    "under a local name",
    "Mine < MailError from ./errors.jaunt.js",
    { Mine: { path: "src/errors.jaunt.ts", name: "MailError" } },
  ],
  ["renamed by a barrel", "Renamed from @/index.js", { Renamed: { path: "src/errors.jaunt.ts", name: "MailError" } }],
  ["a class, which is a value too", "Shape from ./index.js", { Shape: { path: "src/errors.jaunt.ts", name: "Shape" } }],
])("a hand-written value of a spec module is found %s", (_, imported, origins) => {
  expect(originsOf(imported)).toEqual(origins);
});

test.each([
  ["a spec", "parse from ./errors.js"],
  ["a type", "Options from ./errors.js"],
  ["a value of an ordinary file", "helper from ./index.js"],
  ["a namespace", "all < * from ./errors.js"],
  ["a package", "MailError from errors"],
])("%s has no such origin", (_, imported) => {
  expect(originsOf(imported)).toEqual({});
});
