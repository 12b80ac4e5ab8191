import { z } from "zod";

/** A schema in the form in which it is published: JSON Schema 2020-12. `name` is the middle of a document's `schema`. */
export function jsonSchemaOf(name: string, schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: "output",
    override: ({ jsonSchema }) => keepOpen(jsonSchema),
  });
  return { $schema, $id: `urn:jaunt:${name}:1`, ...rest };
}

/** A later version may say more; a program that reads an older schema must not refuse it. */
function keepOpen(schema: { additionalProperties?: unknown }): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
}
