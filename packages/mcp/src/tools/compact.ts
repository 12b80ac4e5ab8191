import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";

/**
 * A schema whose JSON form leaves out what clients assume anyway: the dialect, and that more properties may come. Agents read the
 * schemas of all tools in every conversation.
 */
export function compact<Output, Input>(schema: z.ZodType<Output, Input>): StandardSchemaWithJSON<Input, Output> {
  const standard = (schema as unknown as StandardSchemaWithJSON<Input, Output>)["~standard"];
  const { input, output } = standard.jsonSchema;
  return {
    "~standard": {
      ...standard,
      jsonSchema: {
        input: (options) => withoutDefaults(input(options)),
        output: (options) => withoutDefaults(output(options)),
      },
    },
  };
}

function withoutDefaults({ $schema: _dialect, ...rest }: Record<string, unknown>): Record<string, unknown> {
  const { additionalProperties, ...others } = rest;
  return additionalProperties === false ? rest : others;
}
