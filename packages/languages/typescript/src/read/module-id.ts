const specSuffix = /\.jaunt\.(?:tsx?|mts|cts)$/;

/** Module id of a spec file's path: `src/email.jaunt.ts` is `src/email`. Undefined for any other file. */
export function moduleIdOf(path: string): string | undefined {
  return specSuffix.test(path) ? path.replace(specSuffix, "") : undefined;
}
