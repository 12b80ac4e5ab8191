import { existsSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import {
  createTemporaryProject,
  runProcess,
  runTsc,
  type TemporaryProject,
  type TemporaryProjectOptions,
} from "./index.ts";

test("files are written, read, listed and removed by posix paths", async () => {
  const project = await projectOf({ "src/email.jaunt.ts": "export {};\n", "jaunt.toml": "version = 1\n" });
  await project.write("src/deep/er/one.ts", "1");
  await project.write("node_modules/left-out/index.js", "");

  expect(await project.list()).toEqual(["jaunt.toml", "src/deep/er/one.ts", "src/email.jaunt.ts"]);
  expect(await project.list("src/deep")).toEqual(["src/deep/er/one.ts"]);
  expect(await project.read("src/email.jaunt.ts")).toBe("export {};\n");
  await project.remove("src/deep");
  expect(project.exists("src/deep/er/one.ts")).toBe(false);
  expect(project.exists("src/email.jaunt.ts")).toBe(true);
});

test("removing the project leaves nothing", async () => {
  const project = await createTemporaryProject({ "a.txt": "" });
  await project.remove();

  expect(existsSync(project.root)).toBe(false);
});

test("the compiler and Node find the linked packages", async () => {
  const files = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": ["node"] } }',
    "index.ts": 'import { join } from "node:path";\nexport const path: string = join("a", "b");\nconsole.log(path);\n',
  };
  const project = await projectOf(files, { nodeModules: true });

  expect(await runTsc(project.root, ["-p", "."])).toMatchObject({ exitCode: 0, stdout: "" });
  expect(await runProcess(process.execPath, ["index.js"], { cwd: project.root })).toMatchObject({
    exitCode: 0,
    stdout: "a/b\n",
  });
  expect(project.exists("node_modules/@jaunt/spec/package.json")).toBe(true);
});

test("a package that is nowhere is an error", async () => {
  await expect(createTemporaryProject({}, { nodeModules: ["no-such-package"] })).rejects.toThrow(
    "no-such-package is neither",
  );
});

async function projectOf(
  files: Readonly<Record<string, string>>,
  options: TemporaryProjectOptions = {},
): Promise<TemporaryProject> {
  const project = await createTemporaryProject(files, options);
  onTestFinished(() => project.remove());
  return project;
}
