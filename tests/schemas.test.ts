import { join } from "node:path";
import { documentSchemas, jsonSchemaOf } from "@jaunt/cli/schemas";
import { repositoryRoot } from "@jaunt/testkit";
import { describe, expect, test } from "vitest";

const folder = join(repositoryRoot(), "packages", "cli", "schemas");

describe("the published JSON Schemas", () => {
  test.each(Object.entries(documentSchemas))(
    "of %s are what the code says (`npm run docs` writes them)",
    async (name, schema) => {
      const text = `${JSON.stringify(jsonSchemaOf(name, schema), null, 2)}\n`;
      await expect(text).toMatchFileSnapshot(join(folder, `${name}.schema.json`));
    },
  );
});
