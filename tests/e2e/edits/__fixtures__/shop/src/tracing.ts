/** Loaded for its side effect. */
Object.defineProperty(Error.prototype, "short", { get: (): string => "error" });

export {};
