// Runs test files with the project's own vitest and reports to descriptor 4, a line of JSON for each event. A plain program of its own:
// it starts in the project, with what to do as JSON on its input, and shares nothing with Jaunt but runner-events.ts.
import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

const { files, jobs, args, quietMilliseconds } = JSON.parse(readFileSync(0, "utf8"));
const root = process.cwd();
const oldestMajor = 3;
const closingMilliseconds = 10_000;
const ended = new Set();
let lastSign = Date.now();

async function main() {
  const found = findVitest();
  if (found === undefined || Number.parseInt(found.version, 10) < oldestMajor) {
    say({ event: "missing", ...(found === undefined ? {} : { version: found.version }) });
    return;
  }
  // As vitest's own command line does it, before anything of the project is loaded.
  process.env.TEST = "true";
  process.env.VITEST = "true";
  process.env.NODE_ENV ??= "test";
  const api = await import(found.url);
  const { options, filter } = api.parseCLI(["vitest", "run", ...args]);
  if (filter.length > 0) throw new Error(`These arguments of vitest are no options: ${filter.join(" ")}`);
  const vitest = await api.createVitest("test", {
    maxWorkers: jobs,
    // The second is for vitest 3 only.
    minWorkers: 1,
    ...options,
    root,
    run: true,
    watch: false,
    passWithNoTests: false,
    bail: 0,
    api: false,
    ui: false,
    coverage: { enabled: false },
    typecheck: { enabled: false },
    reporters: [reporter],
  });
  try {
    // A file that is named outright is run whatever `include` and `exclude` say.
    const specifications = files.map((file) => ownerOf(file, vitest.projects).createSpecification(join(root, file)));
    watchForSilence(vitest.projects);
    const { testModules } = await vitest.runTestSpecifications(specifications, false);
    // Vitest 3 does not tell a reporter of files that could not be loaded.
    for (const module of testModules) endModule(module);
  } finally {
    await Promise.race([vitest.close(), new Promise((resolve) => setTimeout(resolve, closingMilliseconds))]);
  }
}

function findVitest() {
  const require = createRequire(join(root, "package.json"));
  try {
    const { version } = JSON.parse(readFileSync(require.resolve("vitest/package.json"), "utf8"));
    return { version, url: pathToFileURL(require.resolve("vitest/node")).href };
  } catch {
    return undefined;
  }
}

/** The project that would run the file by itself, else the one whose folder is nearest. */
function ownerOf(file, projects) {
  const path = join(root, file);
  const own = projects
    .filter((project) => !project.isBrowserEnabled() && contains(project.config.root, path))
    .toSorted((a, b) => b.config.root.length - a.config.root.length);
  const owner = own.find((project) => project.matchesTestGlob(path)) ?? own[0];
  if (owner === undefined) throw new Error(`No project of the vitest configuration can run ${file}.`);
  return owner;
}

function contains(folder, file) {
  const path = relative(folder, file);
  return !path.startsWith("..") && path !== file;
}

/** Vitest ends what waits too long, but has no means against a test that never gives back control. */
function watchForSilence(projects) {
  const allowed = quietMilliseconds + Math.max(0, ...projects.map(({ config }) => config.testTimeout));
  lastSign = Date.now();
  setInterval(() => {
    if (Date.now() - lastSign < allowed) return;
    say({ event: "stuck", milliseconds: allowed });
    process.exit(1);
  }, 100).unref();
}

const reporter = {
  onTestModuleQueued: noteSign,
  onTestModuleCollected: noteSign,
  onTestCaseReady(test) {
    noteSign();
    say({ event: "begin", file: nativeFile(test.module.moduleId), name: test.name });
  },
  onTestCaseResult(test) {
    noteSign();
    const { state, errors } = test.result();
    if (state === "pending") return;
    const [error] = state === "failed" ? (errors ?? []) : [];
    say({
      event: "test",
      file: nativeFile(test.module.moduleId),
      name: test.name,
      outcome: state,
      durationMs: test.diagnostic()?.duration ?? 0,
      ...(error === undefined ? {} : { error: describe(error) }),
    });
  },
  onTestModuleEnd: endModule,
  onTestRunEnd(_modules, errors) {
    for (const error of errors) {
      const file = error.VITEST_TEST_PATH;
      say({ event: "problem", ...(file === undefined ? {} : { file: nativeFile(file) }), error: describe(error) });
    }
  },
};

function endModule(module) {
  noteSign();
  if (ended.has(module.moduleId)) return;
  ended.add(module.moduleId);
  const file = nativeFile(module.moduleId);
  for (const error of [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())])
    say({ event: "problem", file, error: describe(error) });
  say({ event: "end", file });
}

function noteSign() {
  lastSign = Date.now();
}

function nativeFile(path) {
  return path.split("/").join(sep);
}

function describe({ name, message, stack, stacks, diff, code, generatedMessage }) {
  // What node:assert words itself says both values already.
  const isComplete = code === "ERR_ASSERTION" && generatedMessage === true;
  const isPlain = name === undefined || /^(?:Assertion)?Error$/.test(name) || String(message).startsWith(name);
  return {
    message: isPlain ? String(message) : `${name}: ${message}`,
    ...(typeof stack === "string" ? { stack } : {}),
    ...(typeof diff === "string" && !isComplete ? { diff } : {}),
    ...(Array.isArray(stacks) && stacks.length > 0
      ? { places: stacks.map(({ file, line, column }) => ({ file: nativeFile(file), line, column })) }
      : {}),
  };
}

function say(event) {
  writeSync(4, `${JSON.stringify(event)}\n`);
}

await main();
process.exit(0);
