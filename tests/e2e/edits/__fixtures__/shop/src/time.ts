/** A moment, reached by specs only through `types.ts`. */
export interface Instant {
  readonly epochSeconds: number;
}

export function now(): Instant {
  return { epochSeconds: Math.floor(Date.now() / 1000) };
}
