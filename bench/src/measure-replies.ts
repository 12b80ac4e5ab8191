import { createTypescriptTarget } from "@jaunt/typescript";
import { corpusCases } from "./replies/corpus-cases.ts";
import { durationSource } from "./replies/duration.ts";
import { judgeReplies, type Judged } from "./replies/judge-replies.ts";
import { ownCases } from "./replies/own-cases.ts";

/** Counts by group and channel what becomes of answers that are not as they should be. Arguments: the folder of a corpus, `--list`. */
const folder = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
const target = createTypescriptTarget();
const judged = await judgeReplies([...ownCases(), ...(folder === undefined ? [] : corpusCases(folder))]);
const names = [...new Set(judged.map(nameOf))];
const rows = names.map((name) => ({ name, all: judged.filter((one) => nameOf(one) === name) }));
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(rows.map(summary))}\n` : table());
if (judged.some(isWrong)) process.exitCode = 1;

/** Something else was built than a right source. What a model really wrote has none to compare with: there the checks are the judges. */
function isWrong({ reply, built }: Judged): boolean {
  if (built === undefined || reply.source === "") return false;
  return ![reply.source ?? "", durationSource].some((right) => right !== "" && tokens(built).includes(tokens(right)));
}

function tokens(text: string): string {
  return target.tokens(text.replaceAll("'", '"'), "text.ts");
}

function nameOf({ reply }: Judged): string {
  return `${reply.group}, ${reply.channel}`;
}

interface Row {
  readonly name: string;
  readonly all: readonly Judged[];
}

interface Summary {
  readonly name: string;
  readonly answers: number;
  /** Of the `good`, which hold a source, those that were built. */
  readonly right: number;
  readonly good: number;
  readonly refused: number;
  /** Of these, refused with an error that names no place. */
  readonly unlocated: number;
  readonly wrong: number;
}

function summary({ name, all }: Row): Summary {
  const good = all.filter(({ reply }) => reply.source !== undefined);
  return {
    name,
    answers: all.length,
    right: good.filter((one) => one.built !== undefined && !isWrong(one)).length,
    good: good.length,
    refused: all.filter(({ built }) => built === undefined).length,
    unlocated: all.filter(({ built, located }) => built === undefined && !located).length,
    wrong: all.filter(isWrong).length,
  };
}

function table(): string {
  const lines = rows.map((row) => {
    const { name, answers, right, good, refused, unlocated, wrong } = summary(row);
    return `| ${name} | ${String(answers)} | ${String(right)} of ${String(good)} | ${String(refused)} | ${String(unlocated)} | ${String(wrong)} |`;
  });
  const head = [
    "| answers | number | taken, of those that hold a source | refused with an error | of these without a place | wrong source taken |",
    "|---|---|---|---|---|---|",
  ];
  const list = process.argv.includes("--list") ? judged.flatMap(describe) : [];
  return `${[...list, ...head, ...lines].join("\n")}\n`;
}

/** Answers that are worth a look: not taken although they hold a source, or wrong. */
function describe(one: Judged): readonly string[] {
  const { reply, built, code } = one;
  if (isWrong(one)) return [`wrong   ${reply.channel} ${reply.name}`];
  if (built === undefined && reply.source !== undefined) return [`refused ${reply.channel} ${reply.name}: ${code}`];
  return [];
}
