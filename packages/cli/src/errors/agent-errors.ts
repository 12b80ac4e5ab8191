import type { ErrorEntry } from "./error-entry.ts";

/** Errors of `skill export`. */
export const agentErrors: Readonly<Record<string, ErrorEntry>> = Object.freeze({
  "skill-marks": {
    means: "The marks of Jaunt's section in a shared file cannot be trusted.",
    why: "A mark was edited, removed, doubled, or both sides of a merge were kept. Nothing was written.",
    mend: "Leave one pair of marks, or remove both and what stands between, and export again.",
    exits: [2],
  },
  "skill-changed": {
    means: "A file of the exported guidance is not as Jaunt wrote it.",
    why: "Somebody edited it, or it was there before. Nothing was written.",
    mend: "Move your own lines to another file, or let `jaunt skill export --force` replace it.",
    exits: [2],
  },
  "skill-settings": {
    means: "Claude Code's settings cannot be changed without harm.",
    why: "`.claude/settings.json` is no JSON, or its hooks have another form. Nothing was written.",
    mend: "Mend the file, or add the hook that the message names by hand.",
    exits: [2],
  },
  "skill-encoding": {
    means: "A file that is to get guidance is not UTF-8.",
    why: "Its bytes could not be kept as they are. Nothing was written.",
    mend: "Save it as UTF-8 and export again.",
    exits: [2],
  },
  "skill-outside": {
    means: "A file that is to get guidance is a link that leads out of the folder.",
    why: "Jaunt writes only below the folder that it exports to. Nothing was written.",
    mend: "Replace the link by a file, or export with --dest to where it leads.",
    exits: [2],
  },
});
