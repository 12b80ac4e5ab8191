/** Collects names and hands them over together once it has been quiet for a while. */
export interface Debounce {
  add(name: string): void;
  /** Forgets what was collected; nothing is handed over any more. */
  close(): void;
}

export interface DebounceSettings {
  /** Milliseconds without anything new before a batch is handed over. */
  readonly quietMs: number;
  /** Milliseconds after the first name of a batch at which it is handed over even if there is no quiet. */
  readonly longestMs: number;
  readonly deliver: (names: ReadonlySet<string>) => void;
}

/** Collects nothing yet. */
export function createDebounce({ quietMs, longestMs, deliver }: DebounceSettings): Debounce {
  let names = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  let longest: NodeJS.Timeout | undefined;
  const stop = (): ReadonlySet<string> => {
    clearTimeout(quiet);
    clearTimeout(longest);
    longest = undefined;
    const collected = names;
    names = new Set();
    return collected;
  };
  const flush = (): void => deliver(stop());
  return {
    add(name) {
      names.add(name);
      clearTimeout(quiet);
      quiet = setTimeout(flush, quietMs);
      longest ??= setTimeout(flush, longestMs);
    },
    close: () => void stop(),
  };
}
