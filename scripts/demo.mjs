import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackages, install, localBinary, repository, run } from "./pnpm.mjs";

const bin = join(repository, "packages", "cli", "dist", "bin.js");
const example = join(repository, "examples", "mail");

step("install", "every package of the workspace, with npm alone");
install();
step("build", "Jaunt itself");
buildPackages();

const project = mkdtempSync(join(tmpdir(), "jaunt-demo-"));
process.on("exit", () => rmSync(project, { recursive: true, force: true }));
cpSync(example, project, {
  recursive: true,
  filter: (path) => !/(^|[\\/])(node_modules|dist|\.jaunt|__generated__)$/.test(path),
});
symlinkSync(join(example, "node_modules"), join(project, "node_modules"), "junction");

step("clean", `examples/mail in ${project}, without its generated files`);
jaunt("clean");
step("jaunt build", "from hand-written recordings: no key, no network");
jaunt("build");
step("tsc", "every strictness flag on");
run(localBinary("tsc"), ["-p", project], { cwd: project });
step("the app", "on the code that was just built");
run(process.execPath, [join(project, "dist", "app.js")], { cwd: project });
step("jaunt test", "generated tests, and the specs' own examples and properties");
jaunt("test");
step("jaunt status", "");
jaunt("status");
const generated = ["src", "tests"].flatMap((folder) =>
  readdirSync(join(project, folder, "__generated__"), { recursive: true }).filter((path) => path.endsWith(".ts")),
).length;
console.log(`\n${generated} generated files. Look at examples/mail/src for the specs they came from.`);

function jaunt(...args) {
  run(process.execPath, [bin, ...args, "--root", project]);
}

function step(name, what) {
  console.log(`\n== ${name}${what === "" ? "" : `: ${what}`}`);
}
