/** Places for work, as many as there are jobs. Who waits for a batch gives its place up until the answer is there. */
export interface WorkSlots {
  /** Waits for a place, first come first served. Every place must be left. */
  enter(): Promise<void>;
  leave(): void;
}

/** `onQuiet` is called whenever all places are free and nobody waits for one, once what follows from that has been started. */
export function createWorkSlots(most: number, onQuiet: () => void): WorkSlots {
  const queue: (() => void)[] = [];
  let taken = 0;
  const isQuiet = (): boolean => taken <= 0 && queue.length === 0;
  return {
    async enter() {
      if (taken >= most) await new Promise<void>((resume) => queue.push(resume));
      else taken += 1;
    },
    leave() {
      const next = queue.shift();
      // The place is handed on.
      if (next !== undefined) {
        next();
        return;
      }
      taken -= 1;
      // A module that ends lets others start, but only a few microtasks later.
      if (isQuiet()) setImmediate(() => void (isQuiet() && onQuiet()));
    },
  };
}
