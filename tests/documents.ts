import { documentSchemas } from "@jaunt/cli/schemas";

/**
 * What is wrong with the standard output of a command line that asks for JSON: `--json` one document, `--events` one in each line and the
 * report or the error last. Empty when all is as published, and for lines that ask for no JSON.
 */
export function documentProblems(args: readonly string[], stdout: string): readonly string[] {
  const end = args.indexOf("--");
  const words = end === -1 ? args : args.slice(0, end);
  if (!(words.includes("--json") || words.includes("--events"))) return [];
  // Both together are refused in one document.
  if (words.includes("--json")) return problemsOfText(stdout, (name) => name !== "event");
  const lines = stdout.replace(/\n$/, "").split("\n");
  return lines.flatMap((line, index) => {
    const isLast = index === lines.length - 1;
    return [
      ...problemsOfText(line, (name) => (name === "event") !== isLast),
      ...(isLast || (JSON.parse(line) as { readonly seq?: unknown }).seq === index + 1
        ? []
        : [`line ${index + 1} has another seq`]),
    ];
  });
}

/** What is wrong with one document, by the schema that it names; empty when it is as published. `fits` says which kinds may stand here. */
export function problemsOfDocument(document: unknown, fits = (_name: string): boolean => true): readonly string[] {
  const { schema } = (document ?? {}) as { readonly schema?: unknown };
  const name = /^jaunt\.([a-z-]+)\/1$/.exec(String(schema))?.[1] ?? "";
  const known = Object.hasOwn(documentSchemas, name) ? documentSchemas[name] : undefined;
  if (known === undefined || !fits(name)) return [`A document of schema ${String(schema)} is out of place.`];
  const result = known.safeParse(document);
  return result.error?.issues.map(({ path, message }) => `${name}: ${path.join(".")}: ${message}`) ?? [];
}

function problemsOfText(text: string, fits: (name: string) => boolean): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [`This is no JSON document: ${text.slice(0, 500)}`];
  }
  return problemsOfDocument(document, fits);
}
