import type { Edit } from "./edit.ts";
import { buildEdits } from "./rows/builds.ts";
import { fileEdits } from "./rows/files.ts";
import { meaningEdits } from "./rows/meaning.ts";
import { settingEdits } from "./rows/settings.ts";
import { surroundingEdits } from "./rows/surroundings.ts";
import { textEdits } from "./rows/text.ts";
import { mailEdits, variantEdits } from "./rows/variants.ts";

/** The edit matrix: every row, by theme. */
export const editMatrix: Readonly<Record<string, readonly Edit[]>> = {
  "what only looks different": textEdits,
  "what a spec file asks for": meaningEdits,
  "what surrounds specs": surroundingEdits,
  "generated files and branches": fileEdits,
  "settings, tools and clocks": settingEdits,
  "what a build pays for": buildEdits,
  "another folder for generated files": variantEdits,
  "the mail example": mailEdits,
};
