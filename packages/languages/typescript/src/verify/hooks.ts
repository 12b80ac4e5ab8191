/** By this global the harness learns that the file under test begins to load (true) and has loaded (false). */
export const loadingHook = "jaunt.verify.loading";

/** By this global the harness learns that a placeholder was called. */
export const notBuiltHook = "jaunt.verify.not-built";

/** By this global the harness learns that something of a test runner was asked for that does not work outside of it. */
export const runnerHook = "jaunt.verify.runner";

/** Text of a module that stands for a test runner: what it registers does nothing, and nothing else can be had of it. */
export function runnerStub(name: string): string {
  return `const others = new Proxy({}, { get(_, key) {
  if (typeof key !== "string" || key === "then" || key === "__esModule") return undefined;
  const what = key + " of ${name}";
  globalThis[Symbol.for(${JSON.stringify(runnerHook)})](what);
  throw new Error(what + " is not available here");
} });
const test = () => {};
test.test = test;
module.exports = Object.assign(Object.create(others), { test, default: test });
`;
}

/** Text of the file under test that reports when it starts and ends loading. Lines keep their numbers, all but the last. */
export function announceLoading(text: string): string {
  return `${call(loadingHook, "true")} ${text}\n${call(loadingHook, "false")}\n`;
}

/** Text of a project file that, when it is a placeholder, reports that it was called, so that nobody can hide it. */
export function announceNotBuilt(text: string): string {
  const thrown = 'error.name = "JauntNotBuiltError";';
  return text.includes("jaunt:kind=placeholder") || text.includes("jauntNotBuilt(")
    ? text.replace(thrown, () => `${thrown} ${call(notBuiltHook, "ref")}`)
    : text;
}

function call(hook: string, argument: string): string {
  return `(globalThis as any)[Symbol.for(${JSON.stringify(hook)})]?.(${argument});`;
}
