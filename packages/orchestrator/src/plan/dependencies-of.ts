import type { ModuleDependencies } from "@jaunt/core/graph";
import type { Plan } from "@jaunt/core/plan";

/** What the modules of a plan need of each other. */
export function dependenciesOf({ modules }: Pick<Plan, "modules">): ModuleDependencies {
  return new Map(modules.map(({ id, dependsOn }) => [id, dependsOn]));
}
