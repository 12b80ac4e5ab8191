import type { Language } from "@jaunt/orchestrator";

/** The one place that names concrete languages. */
export const languages: Readonly<Record<string, () => Promise<Language>>> = Object.freeze({
  typescript: async () => (await import("@jaunt/typescript")).typescript,
});
