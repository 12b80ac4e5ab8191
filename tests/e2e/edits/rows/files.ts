import { runJaunt } from "@jaunt/testkit";
import { all, git, move, remove, replace, rewrite, rewriteAll, write, type Change } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { status, check, build } = editsOf("shop");
const cart = "src/__generated__/cart.ts";
const generated = /__generated__/;

const repository: Change = all(git("init", "-q", "-b", "main"), git("add", "."), git("commit", "-q", "-m", "Shop"));

/** A build that ends with a failed module. */
const failingBuild: Change = async ({ root }) => {
  const { exitCode, stderr } = await runJaunt(root, ["build"]);
  if (exitCode !== 3) throw new Error(`The build was to fail and ended with ${String(exitCode)}: ${stderr}`);
};

/** What happens to generated files by hand, by accident and by git. */
export const fileEdits: readonly Edit[] = [
  status("a generated file edited", replace(cart, "known.quantity + line.quantity", "line.quantity"), {
    edited: ["src/cart"],
  }),
  build(
    "a build after a generated file was edited",
    replace(cart, "known.quantity + line.quantity", "line.quantity"),
    { edited: ["src/cart"] },
    0,
  ),
  status(
    "a comment in a generated file",
    replace(cart, "    const index", "    // The same product.\n    const index"),
  ),
  status(
    "a generated file edited and its spec too",
    all(
      replace(cart, "known.quantity + line.quantity", "line.quantity"),
      replace("src/cart.jaunt.ts", "about to buy", "going to buy"),
    ),
    { edited: ["src/cart"], stale: ["src/checkout"] },
  ),
  status("a generated file deleted", remove(cart), { unbuilt: ["src/cart"] }),
  build("a build after a generated file was deleted", remove(cart), { generated: ["src/cart"] }, 1),
  status("a generated folder deleted", remove("src/shipping/__generated__"), {
    unbuilt: ["src/shipping/carrier", "src/shipping/label"],
  }),
  status(
    "a generated file cut off in the middle",
    rewrite(cart, (text) => text.slice(0, -300)),
    { edited: ["src/cart"] },
  ),
  status(
    "a generated file cut off in its header",
    rewrite(cart, (text) => text.slice(0, 200)),
    { edited: ["src/cart"] },
  ),
  status("a generated file emptied", write(cart, ""), { edited: ["src/cart"] }),
  status(
    "a line of a header taken out",
    rewrite(cart, (text) => text.replace(/^.*jaunt:body_digest.*\n/m, "")),
    { edited: ["src/cart"] },
  ),
  status(
    "a digest in a header garbled",
    rewrite(cart, (text) => text.replace(/body_digest=sha256:..../, "body_digest=sha256:zzzz")),
    {
      edited: ["src/cart"],
    },
  ),
  status(
    "a module digest in a header replaced",
    rewrite(cart, (text) => text.replace(/(module_digest=sha256:)\w{4}/, "$10000")),
    {
      stale: ["src/cart"],
    },
  ),
  status(
    "a merge conflict in a generated header",
    rewrite(cart, (text) =>
      text.replace(/^(.*jaunt:module_digest=.*\n)/m, "<<<<<<< ours\n$1=======\n$1>>>>>>> theirs\n"),
    ),
    {
      edited: ["src/cart"],
    },
  ),
  status(
    "a merge conflict in a generated body",
    rewrite(cart, (text) => `${text}<<<<<<< ours\nexport const a = 1;\n=======\nexport const a = 2;\n>>>>>>> theirs\n`),
    {
      edited: ["src/cart"],
    },
  ),
  check(
    "generated files in every bad state",
    all(
      replace(cart, "known.quantity + line.quantity", "line.quantity"),
      remove("src/__generated__/slug.ts"),
      write("src/__generated__/stock.ts", ""),
    ),
    { problem: ["src/cart", "src/slug", "src/stock"] },
  ),
  status("a generated file of another module in its place", copyOver("src/__generated__/stock.ts", cart), {
    stale: ["src/cart"],
  }),
  status("a stray file in a generated folder", write("src/__generated__/notes.ts", "export const note = 1;\n")),
  status(
    "a tool upgrade, as the headers tell it",
    rewriteAll(generated, (text) => text.replace(/tool_version=.*/, "tool_version=0.0.1")),
  ),
  status(
    "a module that failed to build, and what waits for it",
    all(
      replace("src/pricing/list-price.jaunt.ts", "so many pieces", "that many pieces"),
      remove("recordings/src/pricing/list-price.1.md"),
      failingBuild,
    ),
    { failed: ["src/pricing/list-price"], blocked: ["src/pricing/bulk-discount"] },
  ),
  status(
    "a module that failed to build, its spec edited since",
    all(
      replace("src/pricing/list-price.jaunt.ts", "so many pieces", "that many pieces"),
      remove("recordings/src/pricing/list-price.1.md"),
      failingBuild,
      replace("src/pricing/list-price.jaunt.ts", "that many pieces", "so many items"),
    ),
    { stale: ["src/pricing/list-price", "src/pricing/bulk-discount"] },
  ),
  status(
    "a change and its reversal",
    all(
      replace("src/money.jaunt.ts", "one currency", "the same currency"),
      replace("src/money.jaunt.ts", "the same currency", "one currency"),
    ),
  ),
  status(
    "a branch with another spec checked out",
    all(
      repository,
      git("checkout", "-q", "-b", "other"),
      replace("src/priorities.jaunt.ts", "ten lines", "nine lines"),
      git("commit", "-q", "-a", "-m", "Nine lines"),
      git("checkout", "-q", "main"),
      git("checkout", "-q", "other"),
    ),
    { stale: ["src/priorities"] },
  ),
  status(
    "a branch and back",
    all(
      repository,
      git("checkout", "-q", "-b", "other"),
      replace("src/priorities.jaunt.ts", "ten lines", "nine lines"),
      git("commit", "-q", "-a", "-m", "Nine lines"),
      git("checkout", "-q", "main"),
    ),
  ),
  status("a clone at another path", all(repository, git("clone", "-q", ".", "clone")), {}, "clone"),
  status(
    "a checkout with CRLF line ends",
    all(repository, git("clone", "-q", "--config", "core.autocrlf=true", ".", "clone")),
    {},
    "clone",
  ),
  status(
    "the whole folder moved",
    async (project) => {
      for (const each of ["src", "jaunt.toml", "tsconfig.json", "package.json", ".jaunt"])
        await move(each, `elsewhere/${each}`)(project);
    },
    {},
    "elsewhere",
  ),
];

function copyOver(from: string, to: string): Change {
  return async (project) => project.write(to, await project.read(from));
}
