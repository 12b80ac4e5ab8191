import { describe, expect, test } from "vitest";
import { editMatrix } from "./all-edits.ts";
import { measureEdit } from "./measure-edit.ts";
import { shopModules } from "./shop-modules.ts";
import { openTemplates, specModulesOf } from "./templates.ts";

const templates = openTemplates();

for (const [theme, edits] of Object.entries(editMatrix)) {
  describe(`an edit costs exactly what it must: ${theme}`, () => {
    for (const edit of edits) {
      test.concurrent(`${edit.command}: ${edit.name}`, async ({ expect }) => {
        const { over, under } = await measureEdit(edit, templates);
        expect({ rebuiltWithoutNeed: over, notRebuilt: under }).toEqual({ rebuiltWithoutNeed: [], notRebuilt: [] });
      });
    }
  });
}

test("the shop has the modules that rows about all of them name", async () => {
  const project = await templates.copy("shop");
  expect(await specModulesOf(project)).toEqual(shopModules);
  await project.remove();
});

test("the matrix is as large as it claims to be, and names every row once", () => {
  const names = Object.values(editMatrix).flatMap((edits) => edits.map(({ command, name }) => `${command}: ${name}`));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(200);
});
