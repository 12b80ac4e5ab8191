import { expect, test } from "vitest";
import { declare, declareValue, link, member, module, spec } from "../graph/project.test.helper.ts";
import type { Spec, SpecModule } from "../nouns/spec.ts";
import { contractDigests } from "./contract-digests.ts";
import { digestModule } from "./digest-module.ts";
import type { ModuleDigests } from "./plan.ts";

interface Project {
  readonly email: SpecModule;
  readonly util: SpecModule;
  readonly app: SpecModule;
  readonly types: readonly ReturnType<typeof declare>[];
}

const parse = spec("parse", ["signature:Options", "body:domain"], { doc: "Parse.", keptDigest: "aa" });
const mailbox = spec("Mailbox", ["body:parse"], {
  kind: "class",
  members: [
    member("open"),
    member("close"),
    member("#seek", { visibility: "private" }),
    member("close", { kind: "setter", signatureDigest: "bb" }),
  ],
});
const imports = ["Options from ./types.js", "domain from ./util.js", "magic from @jaunt/spec"];

const project: Project = {
  email: module("src/email", [parse, mailbox], {
    imports,
    reexports: ["* from ./other.js"],
    declarations: [declare("Email"), declareValue("limit")],
  }),
  util: module("src/util", [spec("domain"), spec("unrelated")]),
  app: module("src/app", [spec("run", ["body:parse", "input:Mailbox.open"]), spec("make", ["body:Mailbox"])], {
    imports: ["parse from ./email.js", "Mailbox from ./email.js"],
  }),
  types: [declare("Options", ["signature:Inner"]), declare("Inner"), declare("Unrelated")],
};

function digests({ email, util, app, types }: Project): Readonly<Record<"email" | "util" | "app", ModuleDigests>> {
  const modules = [email, util, app];
  const graph = link(modules, { "src/types.ts": { declarations: types } });
  const contracts = contractDigests(modules, graph);
  const of = (item: SpecModule): ModuleDigests => digestModule(item, graph, contracts);
  return { email: of(email), util: of(util), app: of(app) };
}

/** The parts that an edit changes, as `module part`; modules whose digest changes without a part would show as such. */
function changes(edited: Partial<Project>): readonly string[] {
  const before = digests(project);
  const after = digests({ ...project, ...edited });
  return (["email", "util", "app"] as const).flatMap((name) => {
    const names = new Set([...Object.keys(before[name].parts), ...Object.keys(after[name].parts)]);
    const parts = [...names]
      .filter((part) => before[name].parts[part] !== after[name].parts[part])
      .map((part) => `${name} ${part}`);
    expect(before[name].moduleDigest !== after[name].moduleDigest).toBe(parts.length > 0);
    return parts;
  });
}

const withSpecs = (
  specs: readonly Spec[],
  outline: SpecModule["outline"] = project.email.outline,
): Partial<Project> => ({
  email: { ...module("src/email", specs), outline },
});
const outline = project.email.outline;

test("a module's parts are its context, its specs and the symbols of other modules that they need", () => {
  const { email, app } = digests(project);
  expect(Object.keys(email.parts)).toEqual(["context", "dep:src/util:domain", "spec:Mailbox", "spec:parse"]);
  expect(Object.keys(app.parts)).toEqual([
    "context",
    "dep:src/email:Mailbox",
    "dep:src/email:Mailbox.open",
    "dep:src/email:parse",
    "spec:make",
    "spec:run",
  ]);
  expect(Object.keys(email.contracts)).toEqual([
    "src/email:Mailbox",
    "src/email:Mailbox.#seek",
    "src/email:Mailbox.close",
    "src/email:Mailbox.open",
    "src/email:parse",
  ]);
  for (const part of Object.values(email.parts)) expect(part).toMatch(/^[0-9a-f]{16}$/);
  expect(email.moduleDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(app.parts["dep:src/email:parse"]).toBe(email.contracts["src/email:parse"]?.slice(0, 16));
});

const edits: readonly [string, Partial<Project>, readonly string[]][] = [
  ["nothing", {}, []],
  [
    "the doc of a spec",
    withSpecs([{ ...parse, doc: "Parse!" }, mailbox]),
    ["email spec:parse", "app dep:src/email:parse"],
  ],
  [
    "a prompt",
    withSpecs([{ ...parse, prompts: ["Be quick."] }, mailbox]),
    ["email spec:parse", "app dep:src/email:parse"],
  ],
  [
    "a signature",
    withSpecs([{ ...parse, signatureDigest: "cc" }, mailbox]),
    ["email spec:parse", "app dep:src/email:parse"],
  ],
  ["a kept body", withSpecs([{ ...parse, keptDigest: "cc" }, mailbox]), ["email context"]],
  [
    "a member that a dependent uses",
    withSpecs([parse, edit("open")]),
    ["email spec:Mailbox", "app dep:src/email:Mailbox", "app dep:src/email:Mailbox.open"],
  ],
  [
    "a member that no dependent names",
    withSpecs([parse, edit("close")]),
    ["email spec:Mailbox", "app dep:src/email:Mailbox"],
  ],
  ["a private member", withSpecs([parse, edit("#seek")]), ["email spec:Mailbox"]],
  ["the order of specs", withSpecs([mailbox, parse]), []],
  [
    "the order of members",
    withSpecs([parse, { ...mailbox, members: [...mailbox.members.slice(1), ...mailbox.members.slice(0, 1)] }]),
    [],
  ],
  ["the form of a spec", withSpecs([{ ...parse, form: "magic", spans: [{ start: 4, end: 9 }] }, mailbox]), []],
  [
    "the import that the other form needs",
    withSpecs([parse, mailbox], { ...outline, imports: outline.imports.slice(0, 2) }),
    [],
  ],
  ["the order of imports", withSpecs([parse, mailbox], { ...outline, imports: outline.imports.toReversed() }), []],
  [
    "where an import comes from",
    withSpecs([parse, mailbox], {
      ...outline,
      imports: outline.imports.map((item) => ({ ...item, specifier: item.specifier.replace("./", "../src/") })),
    }),
    ["email context"],
  ],
  [
    "whether an import is a type's alone",
    withSpecs([parse, mailbox], { ...outline, imports: outline.imports.map((item) => ({ ...item, typeOnly: true })) }),
    [],
  ],
  ["a re-export", withSpecs([parse, mailbox], { ...outline, reexports: [] }), ["email context"]],
  [
    "a hand-written value",
    withSpecs([parse, mailbox], { ...outline, declarations: [declare("Email"), declareValue("limits")] }),
    ["email context"],
  ],
  [
    "the order of hand-written types",
    withSpecs([parse, mailbox], { ...outline, declarations: outline.declarations.toReversed() }),
    [],
  ],
  ["what a spec file says without a name", withSpecs([parse, mailbox], { ...outline, loose: "cc" }), ["email context"]],
  [
    "the lines of a doc",
    withSpecs([{ ...parse, doc: "Parse\nit." }, mailbox]),
    ["email spec:parse", "app dep:src/email:parse"],
  ],
  ["one more spec", withSpecs([parse, mailbox, spec("extra")]), ["email spec:extra"]],
  [
    "an unrelated spec of a dependency",
    { util: module("src/util", [spec("domain"), spec("unrelated", [], { doc: "New." })]) },
    ["util spec:unrelated"],
  ],
  [
    "a spec of a dependency, which stops there",
    { util: module("src/util", [spec("domain", [], { doc: "New." }), spec("unrelated")]) },
    ["util spec:domain", "email dep:src/util:domain"],
  ],
  [
    "a type that the signature reaches through another",
    {
      types: [
        declare("Options", ["signature:Inner"]),
        declare("Inner", [], { typeDigest: "cc" }),
        declare("Unrelated"),
      ],
    },
    ["email spec:parse", "app dep:src/email:parse"],
  ],
  [
    "a type that it does not reach",
    {
      types: [
        declare("Options", ["signature:Inner"]),
        declare("Inner"),
        declare("Unrelated", [], { typeDigest: "cc" }),
      ],
    },
    [],
  ],
];

test.each(edits)("editing %s changes exactly the parts it concerns", (_, edited, expected) => {
  expect([...changes(edited)].sort()).toEqual([...expected].sort());
});

test("wrapping a doc elsewhere changes nothing", () => {
  const one = withSpecs([{ ...parse, doc: "Parse the\nwhole text." }, mailbox]);
  const other = withSpecs([{ ...parse, doc: "Parse\nthe whole text." }, mailbox]);
  expect(digests({ ...project, ...one })).toEqual(digests({ ...project, ...other }));
});

test("hand-written values count in their order, for they may run", () => {
  const inOrder = (...names: readonly string[]): Partial<Project> =>
    withSpecs([parse, mailbox], { ...outline, declarations: names.map((name) => declareValue(name)) });
  expect(digests({ ...project, ...inOrder("a", "b") }).email.parts["context"]).not.toBe(
    digests({ ...project, ...inOrder("b", "a") }).email.parts["context"],
  );
});

test("a dependent of one member sees the types that this member reaches, and no others", () => {
  const withTypes = (changed: string): ModuleDigests => {
    const stock = module(
      "src/stock",
      [
        spec("Stock", ["signature:Level", "signature:Line"], {
          kind: "class",
          members: [
            member("level", { uses: [{ path: ["Level"], via: "signature" }] }),
            member("put", { uses: [{ path: ["Line"], via: "signature" }] }),
          ],
        }),
      ],
      { imports: ["Level from ./types.js", "Line from ./types.js"] },
    );
    const sign = module("src/sign", [spec("sign", ["link:Stock.level"])], { imports: ["Stock from ./stock.js"] });
    const types = ["Level", "Line"].map((name) => declare(name, [], name === changed ? { typeDigest: "cc" } : {}));
    const graph = link([stock, sign], { "src/types.ts": { declarations: types } });
    return digestModule(sign, graph, contractDigests([stock, sign], graph));
  };
  expect(Object.keys(withTypes("").parts)).toEqual(["context", "dep:src/stock:Stock.level", "spec:sign"]);
  expect(withTypes("Line")).toEqual(withTypes(""));
  expect(withTypes("Level").moduleDigest).not.toBe(withTypes("").moduleDigest);
});

test("a type can move to another file; two of one name are told apart by their files", () => {
  const reaching = (...names: readonly string[]): string | undefined => {
    const one = module("src/one", [spec("run")]);
    const types = names.map((name) => ({ name, digest: name.startsWith("a") ? "aa" : "bb" }));
    const graph = { ...link([one]), types: new Map([["src/one:run", types]]) };
    return contractDigests([one], graph).get("src/one:run");
  };
  expect(reaching("a.ts#T")).toBe(reaching("a/moved.ts#T"));
  expect(reaching("a.ts#T", "b.ts#T")).not.toBe(reaching("a.ts#T", "b/moved.ts#T"));
});

test("a renamed spec is another one, even if all else is equal", () => {
  const renamed = module("src/util", [{ ...spec("domain"), name: "host" }]);
  const before = module("src/util", [spec("domain")]);
  const graph = link([before]);
  const renamedGraph = link([renamed]);
  const one = digestModule(before, graph, contractDigests([before], graph));
  const other = digestModule(renamed, renamedGraph, contractDigests([renamed], renamedGraph));
  expect(one.moduleDigest).not.toBe(other.moduleDigest);
});

test("ten thousand modules that share a large types file are digested in a few seconds", () => {
  const modules = Array.from({ length: 10_000 }, (_, index) =>
    module(`src/m${index}`, [spec("run", ["signature:T0", "body:next"])], {
      imports: ["T0 from ./types.js", `next < run from ./m${(index + 1) % 10_000}.js`],
    }),
  );
  const types = Array.from({ length: 200 }, (_, index) => declare(`T${index}`, [`signature:T${(index + 1) % 200}`]));
  const graph = link(modules, { "src/types.ts": { declarations: types } });
  const start = performance.now();
  const contracts = contractDigests(modules, graph);
  for (const item of modules) digestModule(item, graph, contracts);
  expect(performance.now() - start).toBeLessThan(3_000);
});

function edit(name: string): Spec {
  const members = mailbox.members.map((item) =>
    item.name === name ? member(name, { visibility: item.visibility, kind: item.kind, signatureDigest: "dd" }) : item,
  );
  return { ...mailbox, members };
}
