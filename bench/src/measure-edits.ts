import { editMatrix } from "../../tests/e2e/edits/all-edits.ts";
import type { Edit } from "../../tests/e2e/edits/edit.ts";
import { measureEdit, type Measured } from "../../tests/e2e/edits/measure-edit.ts";
import { openTemplates, specModulesOf } from "../../tests/e2e/edits/templates.ts";

/** Rows under way at once: each starts processes of its own. */
const jobs = 4;

interface Row {
  readonly theme: string;
  readonly edit: Edit;
  readonly measured: Measured;
}

/** Runs the edit matrix of the tests and counts what was rebuilt without need and what was not rebuilt in spite of it. */
const templates = openTemplates();
const rows = await measureAll();
const count = (kind: "over" | "under"): number => rows.reduce((sum, { measured }) => sum + measured[kind].length, 0);
const summary = {
  edits: rows.length,
  modules: await countModules(),
  over_rebuilds: count("over"),
  under_rebuilds: count("under"),
};
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(summary)}\n` : table(rows));
if (summary.over_rebuilds + summary.under_rebuilds > 0) process.exitCode = 1;

async function measureAll(): Promise<readonly Row[]> {
  const waiting = Object.entries(editMatrix).flatMap(([theme, edits]) => edits.map((edit) => ({ theme, edit })));
  const total = waiting.length;
  const done: Row[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      done.push({ ...next, measured: await measure(next.edit) });
      if (done.length % 50 === 0) process.stderr.write(`${String(done.length)} of ${String(total)} edits ...\n`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return done;
}

async function measure(edit: Edit): Promise<Measured> {
  try {
    return await measureEdit(edit, templates);
  } catch (cause) {
    throw new Error(`The row "${edit.command}: ${edit.name}" cannot be measured.`, { cause });
  }
}

/** Spec modules of the two projects that are edited. */
async function countModules(): Promise<number> {
  let modules = 0;
  for (const name of ["shop", "mail"] as const) {
    const project = await templates.copy(name);
    modules += (await specModulesOf(project)).length;
    await project.remove();
  }
  return modules;
}

function table(all: readonly Row[]): string {
  const width = Math.max(...Object.keys(editMatrix).map((theme) => theme.length));
  const themes = Object.keys(editMatrix).map((theme) => {
    const own = all.filter((row) => row.theme === theme);
    const sum = (kind: "over" | "under"): string =>
      String(own.reduce((total, { measured }) => total + measured[kind].length, 0)).padStart(4);
    return `${theme.padEnd(width)} ${String(own.length).padStart(4)} edits ${sum("over")} over ${sum("under")} under`;
  });
  const wrong = all.flatMap(({ edit, measured }) => [
    ...measured.over.map((entry) => `over:  ${edit.command}: ${edit.name}: ${entry}`),
    ...measured.under.map((entry) => `under: ${edit.command}: ${edit.name}: ${entry}`),
  ]);
  const { edits, modules, over_rebuilds: over, under_rebuilds: under } = summary;
  const last = `${String(edits)} edits of ${String(modules)} modules: ${String(over)} rebuilt without need, ${String(under)} not rebuilt in spite of it`;
  return `${[...themes, ...wrong, last].join("\n")}\n`;
}
