import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One small spec with bodies of which it is known, or can be found out, whether they are right. */
export interface OracleSpec {
  readonly id: string;
  readonly name: string;
  /** Text of the spec file. */
  readonly spec: string;
  /** Inputs on which a body has to do what the right one does: variables of a property, and the arguments made of them. */
  readonly truth: { readonly variables: string; readonly arguments: string; readonly where?: string };
  readonly right: string;
  /** Bodies that passed the tests they were published with. */
  readonly accepted_elsewhere: readonly string[];
  /** Bodies that a model wrote and that failed those tests. */
  readonly wrong: readonly string[];
  /** Mistakes that were made by hand, where code is too short for many mutants. */
  readonly planted: readonly string[];
}

/** Reads the specs and bodies in `bench/oracle`. */
export function readOracle(folder: string): readonly OracleSpec[] {
  const bodies = JSON.parse(readFileSync(join(folder, "bodies.json"), "utf8")) as readonly Omit<OracleSpec, "spec">[];
  return bodies.map((each) => ({ ...each, spec: readFileSync(join(folder, "specs", `${each.id}.jaunt.ts`), "utf8") }));
}

/**
 * A spec that only bodies pass that do what the right one does, on some hundred inputs: it compares them with it. Says more of a body than
 * an author would, who has no right one yet.
 */
export function truthSpec({ id, name, spec, truth }: OracleSpec): string {
  const { variables, arguments: given, where } = truth;
  const domain = `for all ${variables}${where === undefined ? "" : ` where ${where}`}`;
  const laws = Array.from(
    { length: 5 },
    (_, round) =>
      ` * @property ${domain} :: isSame(${name}(...copyOf([${given}])), known.${name}(...copyOf([${given}])), ${String(round)})`,
  );
  const declaration = spec.slice(spec.indexOf("export declare"));
  const imports = `import * as known from "../right/${id}.js";\nimport { copyOf, isSame } from "../right/compare.js";\n`;
  return `${imports}\n/**\n * As the right one.\n${laws.join("\n")}\n */\n${declaration}`;
}

/** Source of what the truth specs compare with. */
export const compareSource: string = `import { isDeepStrictEqual } from "node:util";

export function isSame(left: unknown, right: unknown, _round: number): boolean {
  return isDeepStrictEqual(left, right);
}

export function copyOf<Value>(value: Value): Value {
  return structuredClone(value);
}
`;
