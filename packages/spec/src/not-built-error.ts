/** Thrown when a spec runs before `jaunt build` has produced its implementation. */
export class JauntNotBuiltError extends Error {
  override readonly name: string = "JauntNotBuiltError";

  /** `what` names the spec that ran, for example `src/email:parseEmail`. */
  constructor(what?: string) {
    super(
      `${what ?? "This spec"} has no implementation yet: run \`jaunt build\` and import the facade, not the .jaunt file.`,
    );
  }
}
