/** Characters that make a token in source code, on average; measured figures of current models lie between 3 and 4. */
const charactersPerToken = 3.5;

/** A rough upper figure of a text's tokens, for budgets and plans; real usage comes from the provider. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}
