import { createRandom } from "./random.ts";

/** When a build is killed: at a part of the time that an undisturbed one takes, or after something was seen for the nth time. */
export type KillInstant =
  | { readonly after: "start"; readonly part: number }
  | { readonly after: "reply" | "temporary file" | "sign of the lock"; readonly count: number; readonly ms: number };

/** Sixty of a hundred spread evenly over a whole build, the rest where something is going on. */
export function killInstants(seed: number, runs: number): readonly KillInstant[] {
  const random = createRandom(seed);
  const spread = Math.ceil(runs * 0.6);
  return Array.from({ length: runs }, (_, index): KillInstant => {
    // One in each slice of the build, so that no part of it is left out.
    if (index < spread) return { after: "start", part: (index + random()) / spread };
    const after = aims[index % aims.length] ?? "reply";
    const { most, ms } = ranges[after];
    return { after, count: 1 + Math.floor(random() * most), ms: random() * ms };
  });
}

/** In words, for the name of a test. */
export function describeInstant(instant: KillInstant): string {
  if (instant.after === "start") return `${(instant.part * 100).toFixed(1)} % into the build`;
  return `${instant.ms.toFixed(1)} ms after ${instant.after} ${String(instant.count)}`;
}

const aims = ["sign of the lock", "reply", "temporary file", "reply", "temporary file"] as const;

/** What a build of 40 modules has of each, and how long after it the kill may come. */
const ranges: Readonly<Record<(typeof aims)[number], { readonly most: number; readonly ms: number }>> = {
  "sign of the lock": { most: 2, ms: 2 },
  "temporary file": { most: 110, ms: 2 },
  reply: { most: 44, ms: 40 },
};
