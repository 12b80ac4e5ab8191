import { expect, test } from "vitest";
import type { SpecModule } from "../nouns/spec.ts";
import { linkModules } from "./link-modules.ts";
import {
  declare,
  declareValue,
  link,
  lookupOf,
  member,
  module,
  show,
  spec,
  type OutlineText,
} from "./project.test.helper.ts";

const email = module("src/email", [spec("parse"), spec("format")], {
  declarations: [declare("Email"), declareValue("limits")],
});
const lru = module("src/lru", [
  spec("Lru", [], { kind: "class", members: [member("get"), member("size"), member("static of"), member("of")] }),
]);

interface Case {
  readonly name: string;
  readonly user: SpecModule;
  readonly files?: Readonly<Record<string, OutlineText>>;
  readonly edges: readonly string[];
}

const user = (uses: readonly string[], text: OutlineText): SpecModule => module("src/app", [spec("run", uses)], text);
const toParse = (via: string): readonly string[] => [`src/app:run -${via}-> src/email:parse`];

const cases: readonly Case[] = [
  {
    name: "a named import of the facade",
    user: user(["body:parse"], { imports: ["parse from ./email.js"] }),
    edges: toParse("body"),
  },
  {
    name: "an import under another name",
    user: user(["body:p"], { imports: ["p < parse from ./email.js"] }),
    edges: toParse("body"),
  },
  {
    name: "the spec file itself",
    user: user(["body:parse"], { imports: ["parse from ./email.jaunt.js"] }),
    edges: toParse("body"),
  },
  {
    name: "the generated file",
    user: user(["body:parse"], { imports: ["parse from ./__generated__/email.js"] }),
    edges: toParse("body"),
  },
  { name: "an alias", user: user(["body:parse"], { imports: ["parse from @/email.js"] }), edges: toParse("body") },
  {
    name: "a namespace",
    user: user(["doc:mail.parse"], { imports: ["mail < * from ./email.js"] }),
    edges: toParse("doc"),
  },
  {
    name: "a namespace as a whole",
    user: user(["body:mail"], { imports: ["mail < * from ./email.js"] }),
    edges: ["src/app:run -body-> src/email:format", "src/app:run -body-> src/email:parse"],
  },
  {
    name: "a namespace within a namespace",
    user: user(["body:ns.sub.parse"], { imports: ["ns < * from ./index.js"] }),
    files: { "src/index.ts": { reexports: ["sub < * from ./email.js"] } },
    edges: toParse("body"),
  },
  {
    name: "a barrel of names",
    user: user(["body:readEmail"], { imports: ["readEmail from ./index.js"] }),
    files: { "src/index.ts": { reexports: ["readEmail < parse from ./email.js"] } },
    edges: toParse("body"),
  },
  {
    name: "barrels of everything, three deep and in a ring",
    user: user(["body:parse"], { imports: ["parse from ./a.js"] }),
    files: {
      "src/a.ts": { reexports: ["* from ./b.js", "* from ./a.js"] },
      "src/b.ts": { reexports: ["* from ./a.js", "* from ./c.js"] },
      "src/c.ts": { reexports: ["* from ./b.js", "* from ./email.js"] },
    },
    edges: toParse("body"),
  },
  {
    name: "a barrel that imports first and exports then",
    user: user(["body:read"], { imports: ["read from ./index.js"] }),
    files: { "src/index.ts": { imports: ["p < parse from ./email.js"], reexports: ["read < p"] } },
    edges: toParse("body"),
  },
  {
    name: "a default export of a barrel",
    user: user(["body:read"], { imports: ["read < default from ./index.js"] }),
    files: { "src/index.ts": { reexports: ["default < parse from ./email.js"] } },
    edges: toParse("body"),
  },
  {
    name: "a name that a facade's owner added to it",
    user: user(["body:read"], { imports: ["read from ./email.js"] }),
    files: {
      "src/email.ts": { reexports: ["* from ./__generated__/email.js", "read < parse from ./__generated__/email.js"] },
    },
    edges: toParse("body"),
  },
  {
    name: "a re-export of another spec file",
    user: user(["body:get.parse"], { imports: ["get < mail from ./hub.js"] }),
    files: { "src/hub.ts": { imports: ["mail < * from ./email.js"], reexports: ["mail"] } },
    edges: toParse("body"),
  },
  {
    name: "a member",
    user: user(["body:Lru.get"], { imports: ["Lru from ./lru.js"] }),
    edges: ["src/app:run -body-> src/lru:Lru.get"],
  },
  {
    name: "a static member",
    user: user(["body:Lru.of"], { imports: ["Lru from ./lru.js"] }),
    edges: ["src/app:run -body-> src/lru:Lru.static of"],
  },
  {
    name: "a member of the prototype",
    user: user(["body:Lru.prototype.of"], { imports: ["Lru from ./lru.js"] }),
    edges: ["src/app:run -body-> src/lru:Lru.of"],
  },
  {
    name: "a member that does not exist",
    user: user(["body:Lru.name"], { imports: ["Lru from ./lru.js"] }),
    edges: ["src/app:run -body-> src/lru:Lru"],
  },
  {
    name: "a class and its member, of which the class says it all",
    user: user(["link:Lru.get", "signature:Lru"], { imports: ["Lru from ./lru.js"] }),
    edges: ["src/app:run -signature-> src/lru:Lru"],
  },
  {
    name: "one spec in many ways, of which the strongest counts",
    user: user(["doc:parse", "link:parse", "signature:parse"], { imports: ["parse from ./email.js"] }),
    edges: toParse("link"),
  },
  {
    name: "a hand-written value of another spec file",
    user: user(["body:limits"], { imports: ["limits from ./email.js"] }),
    edges: [],
  },
  { name: "a package", user: user(["link:z.object"], { imports: ["z from zod"] }), edges: [] },
  {
    name: "hand-written code of the same file that uses a spec, through other such code",
    user: user(["doc:helper"], {
      imports: ["parse from ./email.js"],
      declarations: [declareValue("helper", ["body:inner"]), declareValue("inner", ["body:parse"])],
    }),
    edges: toParse("doc"),
  },
  {
    name: "a link to hand-written code, which is documentation",
    user: user(["link:helper"], {
      imports: ["parse from ./email.js"],
      declarations: [declareValue("helper", ["body:parse"])],
    }),
    edges: [],
  },
  {
    name: "hand-written code of another file, which is no input of this one",
    user: user(["body:helper"], { imports: ["helper from ./helper.js"] }),
    files: {
      "src/helper.ts": { imports: ["parse from ./email.js"], declarations: [declareValue("helper", ["body:parse"])] },
    },
    edges: [],
  },
  {
    name: "a hand-written type that is made of a spec class",
    user: user(["signature:Store"], { imports: ["Store from ./store.js"] }),
    files: { "src/store.ts": { imports: ["Lru from ./lru.js"], declarations: [declare("Store", ["signature:Lru"])] } },
    edges: ["src/app:run -signature-> src/lru:Lru"],
  },
];

test.each(cases)("a spec needs what it uses through $name", ({ user: app, files, edges }) => {
  expect(show(link([app, email, lru], files).edges)).toEqual(edges);
});

test("specs of one file may need each other, but nothing needs itself", () => {
  const own = module("src/own", [
    spec("Lru", ["signature:Lru", "body:Lru.get", "link:helper"], { kind: "class", members: [member("get")] }),
    spec("helper", ["body:Lru.get"]),
  ]);
  expect(show(link([own]).edges)).toEqual([
    "src/own:Lru -link-> src/own:helper",
    "src/own:helper -body-> src/own:Lru.get",
  ]);
});

test("without inference only links and inputs count, and types are reached all the same", () => {
  const app = user(
    ["signature:Email", "signature:Store", "body:parse", "link:format", "input:Lru.get", "input:helper"],
    {
      imports: ["Email from ./email.js", "parse from ./email.js", "format from ./email.js", "Lru from ./lru.js"],
      declarations: [declare("Store", ["signature:Lru"]), declareValue("helper", ["body:parse"])],
    },
  );
  const graph = link([app, email, lru], {}, false);
  expect(show(graph.edges)).toEqual(["src/app:run -link-> src/email:format", "src/app:run -input-> src/lru:Lru.get"]);
  expect(graph.types.get("src/app:run")?.map((type) => type.name)).toEqual([
    "src/app.jaunt.ts#Store",
    "src/email.jaunt.ts#Email",
  ]);
});

test("inference can differ between sources and tests", () => {
  const tests: SpecModule = {
    ...module("tests/app", [spec("works", ["body:parse"])], { imports: ["parse from ../src/email.js"] }),
    role: "test",
  };
  const app = user(["body:parse"], { imports: ["parse from ./email.js"] });
  const modules = [email, app, tests];
  const graph = linkModules(modules, lookupOf(modules), { inferDependencies: { build: true, test: false } });
  expect(show(graph.edges)).toEqual(toParse("body"));
});

test("explicit names that lead nowhere are told, inferred ones are not", () => {
  const app = user(
    [
      "link:Missing",
      "input:parse.x",
      "link:gone",
      "body:nothing",
      "link:mail.nope",
      "link:absent",
      "input:all",
      "link:z",
    ],
    {
      imports: [
        "parse from ./email.js",
        "gone from ./gone.js",
        "mail < * from ./email.js",
        "absent from ./email.js",
        "all < * from ./index.js",
        "z from zod",
      ],
    },
  );
  const graph = link([app, email], { "src/index.ts": { reexports: ["* from ./email.js"] } });
  expect(graph.unresolved.map((item) => item.name)).toEqual(["Missing", "absent", "all", "gone", "mail.nope"]);
  expect(graph.unresolved[0]).toEqual({ from: "src/app:run", name: "Missing" });
});

test("what a file does not export, and names that only lead in a circle, are unresolved", () => {
  const app = user(["link:hidden", "link:round"], { imports: ["hidden from ./a.js", "round from ./a.js"] });
  const graph = link([app], {
    "src/a.ts": { reexports: ["round from ./b.js"], declarations: [declare("hidden", [], { exported: false })] },
    "src/b.ts": { reexports: ["round from ./a.js"] },
  });
  expect(graph.unresolved.map((item) => item.name)).toEqual(["hidden", "round"]);
});

test("a name that may come from a package behind a barrel is not called unresolved", () => {
  const app = user(["link:thing"], { imports: ["thing from ./index.js"] });
  expect(link([app], { "src/index.ts": { reexports: ["* from lodash"] } }).unresolved).toEqual([]);
});

test("a signature reaches types through types, files and barrels, and stops at values, bodies and specs", () => {
  const app = module(
    "src/app",
    [
      spec("run", ["signature:Options", "default:Mode", "body:Unrelated", "doc:Unrelated"]),
      spec("plain", ["signature:preset"]),
    ],
    {
      imports: [
        "Options from ./types.js",
        "Mode from ./types.js",
        "Unrelated from ./types.js",
        "preset from ./types.js",
      ],
    },
  );
  const graph = link([app, lru], {
    "src/types.ts": {
      imports: ["Deep from ./deep.js", "Lru from ./lru.js"],
      reexports: ["Mode < Mode from ./mode.js"],
      declarations: [
        declare("Options", ["signature:Deep", "signature:Options", "body:Unrelated", "signature:preset"]),
        declare("Unrelated"),
        declareValue("preset"),
      ],
    },
    "src/deep.ts": {
      imports: ["Options from ./types.js", "Lru from ./lru.js"],
      declarations: [declare("Deep", ["signature:Options", "signature:Lru"], { kind: "both" })],
    },
    "src/mode.ts": { declarations: [declare("Mode")] },
  });
  expect(Object.fromEntries(graph.types)).toEqual({
    "src/app:run": [
      { name: "src/deep.ts#Deep", digest: declare("Deep").typeDigest },
      { name: "src/mode.ts#Mode", digest: declare("Mode").typeDigest },
      { name: "src/types.ts#Options", digest: declare("Options").typeDigest },
    ],
  });
  expect(show(graph.edges)).toEqual(["src/app:run -signature-> src/lru:Lru"]);
  expect(graph.consulted).toEqual(["src/deep.ts", "src/mode.ts", "src/types.ts"]);
});

test("the order in which modules are given does not matter", () => {
  const app = user(["signature:Lru", "body:parse"], { imports: ["parse from ./email.js", "Lru from ./lru.js"] });
  expect(JSON.stringify(link([app, lru, email]))).toBe(JSON.stringify(link([email, app, lru])));
});

test("ten thousand modules that share types, a barrel and a chain of imports are linked in a few seconds", () => {
  const count = 10_000;
  const modules = Array.from({ length: count }, (_, index) =>
    module(
      `src/m${index}`,
      [spec("run", ["signature:T0", ...(index === 0 ? [] : [`body:next`])]), spec(`only${index}`)],
      {
        imports: ["T0 from ./types.js", `next < only${index - 1} from ./index.js`],
      },
    ),
  );
  const files = {
    "src/types.ts": {
      declarations: Array.from({ length: 50 }, (_, index) => declare(`T${index}`, [`signature:T${(index + 1) % 50}`])),
    },
    "src/index.ts": { reexports: modules.map((_, index) => `* from ./m${index}.js`) },
  };
  const lookup = lookupOf(modules, files);
  const start = performance.now();
  const graph = linkModules(modules, lookup, { inferDependencies: true });
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(graph.edges).toHaveLength(count - 1);
  expect(graph.types.get("src/m7:run")).toHaveLength(50);
  expect(graph.types.get("src/m7:run")).toBe(graph.types.get("src/m8:run"));
  expect(lookup.calls.outline).toBe(2);
  expect(lookup.calls.resolve).toBeLessThan(3 * count + 1);
});

test("chains of ten thousand types and barrels do not overflow the stack", () => {
  const files: Record<string, OutlineText> = {
    "src/types.ts": {
      declarations: Array.from({ length: 10_000 }, (_, index) => declare(`T${index}`, [`signature:T${index + 1}`])),
    },
    "src/b0.ts": { reexports: ["parse from ./email.js"] },
  };
  for (let index = 1; index < 10_000; index++)
    files[`src/b${index}.ts`] = { reexports: [`parse from ./b${index - 1}.js`] };
  const app = user(["signature:T0", "body:parse"], { imports: ["T0 from ./types.js", "parse from ./b9999.js"] });
  const graph = link([app, email], files);
  expect(graph.types.get("src/app:run")).toHaveLength(10_000);
  expect(show(graph.edges)).toEqual(toParse("body"));
});
