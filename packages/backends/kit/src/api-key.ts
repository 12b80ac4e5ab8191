import { JauntError } from "@jaunt/core";

/**
 * The key of a setup without white space around it; undefined when it is empty.
 * @throws {JauntError} when no header can carry it: `fetch` would throw an error that shows the key
 */
export function apiKeyOf(apiKey: string | undefined, variables: readonly string[]): string | undefined {
  const key = apiKey?.trim();
  if (key === undefined || /^[\x21-\x7e]*$/.test(key)) return key === "" ? undefined : key;
  throw new JauntError("The API key holds a space, a line break or a character beyond ASCII.", {
    code: "backend-key",
    hint: `Check the value of ${variables.join(" or ")}, or of the variable that [llm] api_key_env names.`,
    exitCode: 2,
  });
}
