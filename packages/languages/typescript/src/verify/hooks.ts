/** By this global the harness learns that the file under test begins to load (true) and has loaded (false). */
export const loadingHook = "jaunt.verify.loading";

/** By this global the harness learns that a placeholder was called. */
export const notBuiltHook = "jaunt.verify.not-built";

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
