import type { Language } from "@jaunt/orchestrator";

/** The one place that names concrete languages. */
export const languages: Readonly<Record<string, () => Promise<Language>>> = Object.freeze({
  typescript: loadTypescript,
});

async function loadTypescript(): Promise<Language> {
  const { createTypescriptTarget, typescriptReader } = await import("@jaunt/typescript");
  return {
    reader: typescriptReader,
    createTarget: ({ typescript }) => createTypescriptTarget({ tsconfig: typescript.tsconfig }),
  };
}
