/** A seed that depends on a text alone, blanks aside: a number of 31 bits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text.replaceAll(/\s+/g, " ").trim()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 1;
}

/** How many values a property is tried with. */
export const propertyRuns = 100;
