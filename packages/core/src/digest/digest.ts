import { hash } from "node:crypto";
import type { Digest } from "../nouns/digest.ts";
import { compareCodeUnits } from "../text/compare.ts";

/** A value to hash: a text, or a list of values. `"a"` and `["a"]` differ. */
export type Field = string | readonly Field[];

/**
 * SHA-256 over `fields` in order. Every field carries its tag and its length, so no two different inputs share an encoding;
 * the domain keeps equal fields of different meaning apart. `\r\n` counts as `\n`.
 */
export function digest(domain: string, fields: readonly Field[]): Digest {
  return hash("sha256", encode(domain) + encode(fields), "hex");
}

/** The first `length` hexadecimal digits of a digest, 16 unless told otherwise. */
export function shortDigest(value: Digest, length: number = 16): string {
  return value.slice(0, length);
}

/** The entries of a map as fields in code-unit order of their keys, so that the order of insertion does not count. */
export function sortedFields(map: ReadonlyMap<string, Field> | Readonly<Record<string, Field>>): readonly Field[] {
  const entries: (readonly [string, Field])[] = map instanceof Map ? [...map] : Object.entries(map);
  return entries.sort((left, right) => compareCodeUnits(left[0], right[0]));
}

function encode(field: Field): string {
  if (typeof field === "string") {
    const text = field.includes("\r\n") ? field.replaceAll("\r\n", "\n") : field;
    return `s${Buffer.byteLength(text, "utf8")}:${text}`;
  }
  let encoded = `l${field.length}:`;
  for (const item of field) encoded += encode(item);
  return encoded;
}
