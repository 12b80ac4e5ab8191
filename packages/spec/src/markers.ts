import { JauntNotBuiltError } from "./not-built-error.ts";

/**
 * Marks a body that Jaunt writes. `inputs` are the values the implementation may use; another spec among them is a dependency.
 * @throws {JauntNotBuiltError} always: a spec file is never the place where built code runs
 */
export function magic(...inputs: readonly unknown[]): never {
  return notBuilt(inputs);
}

/**
 * Marks the body of a test spec that Jaunt writes. `targets` are the specs it tests.
 * @throws {JauntNotBuiltError} always: the generated test file is what runs
 */
export function test(...targets: readonly unknown[]): never {
  return notBuilt(targets);
}

function notBuilt(inputs: readonly unknown[]): never {
  const functions = inputs.filter((input) => typeof input === "function" && input.name !== "");
  const named = functions.map((input) => (input as { readonly name: string }).name).join(", ");
  throw new JauntNotBuiltError(named === "" ? undefined : `The spec that uses ${named}`);
}
