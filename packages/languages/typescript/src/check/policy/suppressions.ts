import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";

const suppression =
  /^[\s/*]*(@ts-(?:ignore|expect-error|nocheck)|(?:eslint|oxlint|tslint)[-:](?:disable|enable)[\w-]*|eslint-env|biome-ignore|deno-lint-ignore[\w-]*|@?jshint|prettier-ignore|oxfmt-ignore)/m;

/** Comments that silence the compiler, a linter or a formatter. */
export function findSuppressions({ parsed }: Reply): readonly Breach[] {
  return parsed.comments.flatMap(({ start, end }) => {
    const match = suppression.exec(parsed.text.slice(start, end));
    if (match?.[1] === undefined) return [];
    return [
      {
        message: `The comment ${match[1]} silences a check.`,
        span: { start, end },
        hint: "Remove it and solve the problem that it hides.",
      },
    ];
  });
}
