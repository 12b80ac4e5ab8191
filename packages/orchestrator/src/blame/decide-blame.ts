import { shellArgument as argument } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import type { BlameFacts, DependencyFacts } from "./blame-facts.ts";

/**
 * What is likelier at fault for a failed test, and why one may think so, in a sentence or two. The stronger evidence speaks: words
 * that contradict each other, code that is not what the spec says, an experiment, other tests, and only then what is usual.
 */
export function decideBlame(facts: BlameFacts): string {
  return (
    contradiction(facts) ??
    notBuilt(facts) ??
    changedCode(facts) ??
    failingDependency(facts) ??
    changedDependency(facts) ??
    (facts.kind === "test" ? testOrCode(facts) : exampleOrCode(facts))
  );
}

function contradiction({ kind, contradiction: against }: BlameFacts): string | undefined {
  return against === undefined ? undefined : `Likelier at fault: the ${kind} itself, for ${against}.`;
}

function notBuilt({ module, state, dependencies }: BlameFacts): string | undefined {
  const command = `\`jaunt build --target ${argument(module)}\``;
  switch (state) {
    case "edited":
      return `Likelier at fault: the code of ${module}, which was edited by hand. \`jaunt build --force --target ${argument(module)}\` writes it anew and keeps a copy.`;
    case "stale":
      if (dependencies.some(({ changed }) => changed === "contract")) return undefined;
      return `Likelier at fault: the code of ${module}, which is older than its spec. ${command} brings it up to date.`;
    case "unbuilt":
    case "failed":
    case "blocked":
      return `${module} is not built yet: ${command}.`;
    default:
      return undefined;
  }
}

function changedCode({ module, earlier }: BlameFacts): string | undefined {
  if (earlier?.passes !== true) return undefined;
  return `Likelier at fault: the code of ${module}, which changed under the test: it passes with the code from ${earlier.from}.`;
}

/** The deepest comes first: what fails further up may fail because of it. */
function failingDependency({ module, dependencies }: BlameFacts): string | undefined {
  const failing = dependencies.findLast(({ ownFailures }) => ownFailures > 0);
  if (failing === undefined) return undefined;
  return `Likelier at fault: ${failing.module}, which ${module} needs and ${count(failing.ownFailures, "test")} of which ${verb(failing.ownFailures)} too. Begin there.`;
}

function changedDependency({ module, dependencies, earlier }: BlameFacts): string | undefined {
  const changed = dependencies
    .filter((each) => each.changed !== undefined)
    .toSorted((left, right) => right.sharedFailures - left.sharedFailures)[0];
  if (changed === undefined) return undefined;
  const since = changed.changed === "contract" ? `since ${module} was built` : "since the last commit";
  const what = `whose ${changed.changed === "contract" ? "contract" : "code"} changed ${since}`;
  const evidence = [
    ...sharedBy(changed),
    ...(earlier === undefined ? [] : [`the code of ${module} from ${earlier.from} fails as well`]),
  ];
  return `Likelier at fault: ${changed.module}, ${what}${evidence.map((each) => `; ${each}`).join("")}.`;
}

function sharedBy({ sharedFailures }: DependencyFacts): readonly string[] {
  return sharedFailures > 1 ? [`${String(sharedFailures)} failed tests need it`] : [];
}

function testOrCode({ ref, module, authored, earlier }: BlameFacts): string {
  const asBefore = earlier === undefined ? "" : `; it fails with the code from ${earlier.from} as well`;
  if (authored.failed > 0)
    return `Likelier at fault: the code of ${module}, for ${count(authored.failed, "example")} of it ${verb(authored.failed)} too${asBefore}. \`jaunt build --force --no-cache --target ${argument(module)}\` writes it anew.`;
  const again = `\`jaunt test --force --no-cache --target ${argument(moduleOfRef(ref))}\` writes it anew`;
  if (authored.passed > 0)
    return `Likelier at fault: the generated test, for ${countAll(authored.passed)}${asBefore}. ${again}.`;
  return `It may be the test or the code: what it tests has no example that would decide${asBefore}. Add an \`@example\`, or read the test; ${again}.`;
}

function exampleOrCode({ kind, module, authored }: BlameFacts): string {
  const others =
    authored.failed > 0 ? `, for ${count(authored.failed, "other example")} ${verb(authored.failed)} too` : "";
  return `Likelier at fault: the code of ${module}${others}; the ${kind} is its author's word. If that stands, \`jaunt build --force --no-cache --target ${argument(module)}\` writes the code anew.`;
}

function count(number: number, what: string): string {
  return number === 1 ? `one ${what}` : `${String(number)} ${what}s`;
}

function countAll(number: number): string {
  return number === 1
    ? "the one example of what it tests passes"
    : `all ${String(number)} examples of what it tests pass`;
}

function verb(number: number): string {
  return number === 1 ? "fails" : "fail";
}
