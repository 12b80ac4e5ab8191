/** One kind of thing that Jaunt keeps. */
export interface CacheStoreReport {
  readonly kind: "replies" | "contracts" | "analysis" | "failures" | "prompts" | "backups";
  /** Posix path, relative to the root unless `[cache] dir` is absolute. */
  readonly path: string;
  readonly entries: number;
  readonly bytes: number;
}

/** The shared cache and whether it answered; never its credentials. */
export interface RemoteCacheReport {
  readonly address: string;
  readonly write: boolean;
  readonly reachable: boolean;
  /** One sentence; null when all is well. */
  readonly problem: string | null;
  /** What to do about it. */
  readonly hint: string | null;
}

export interface CacheInfoReport {
  readonly schema: "jaunt.cache/1";
  readonly command: "cache";
  readonly action: "info";
  /** `[cache] dir`. */
  readonly dir: string;
  readonly stores: readonly CacheStoreReport[];
  /** Bytes below `dir` that `clear` would free. */
  readonly clearable_bytes: number;
  readonly remote: RemoteCacheReport | null;
  readonly duration_seconds: number;
}

export interface CacheClearReport {
  readonly schema: "jaunt.cache/1";
  readonly command: "cache";
  readonly action: "clear";
  readonly dir: string;
  /** Posix paths of files and folders. */
  readonly removed: readonly string[];
  readonly freed_bytes: number;
  readonly duration_seconds: number;
}

export interface CachePruneReport {
  readonly schema: "jaunt.cache/1";
  readonly command: "cache";
  readonly action: "prune";
  readonly dir: string;
  readonly removed_replies: number;
  readonly kept_replies: number;
  /** Includes what no reply needed any more. */
  readonly freed_bytes: number;
  readonly kept_bytes: number;
  readonly duration_seconds: number;
}

/** What `jaunt cache` ends with; `action` tells them apart. */
export type CacheReport = CacheInfoReport | CacheClearReport | CachePruneReport;
