import type { Tool } from "./detect-project.ts";

export interface IgnoreLine {
  /** Where it belongs. */
  readonly file: string;
  readonly line: string;
}

const lineOf: Readonly<Record<Tool, IgnoreLine>> = {
  eslint: { file: "eslint.config.js", line: '{ ignores: ["**/__generated__/**"] }' },
  prettier: { file: ".prettierignore", line: "**/__generated__/" },
  biome: { file: "biome.json", line: '"files": { "includes": ["**", "!**/__generated__"] }' },
  oxlint: { file: ".oxlintrc.json", line: '"ignorePatterns": ["**/__generated__/**"]' },
  oxfmt: { file: ".oxfmtrc.json", line: '"ignorePatterns": ["**/__generated__/**"]' },
  vitest: { file: "vitest.config.ts", line: 'test: { coverage: { exclude: ["**/__generated__/**"] } }' },
  jest: { file: "jest.config.js", line: 'coveragePathIgnorePatterns: ["/node_modules/", "/__generated__/"]' },
  c8: { file: ".c8rc.json", line: '"exclude": ["**/__generated__/**"]' },
  nyc: { file: ".nycrc", line: '"exclude": ["**/__generated__/**"]' },
};

/** What to add to the configuration of linters, formatters and coverage: those a project uses, else the usual ones. */
export function ignoreLines(tools: ReadonlySet<Tool>): readonly IgnoreLine[] {
  const known = Object.keys(lineOf) as readonly Tool[];
  const wanted: readonly Tool[] =
    tools.size > 0 ? known.filter((tool) => tools.has(tool)) : ["eslint", "prettier", "vitest"];
  return wanted.map((tool) => lineOf[tool]);
}
