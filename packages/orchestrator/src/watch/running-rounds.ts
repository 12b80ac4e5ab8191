import type { ModuleId } from "@jaunt/core";
import type { OpenTask } from "./choose-tasks.ts";
import { startRound, type RoundEnd, type RoundPlan, type RunningRound, type StartedModule } from "./watch-round.ts";

/** The rounds that are under way. Usually none or one; more while modules of an earlier one go on. */
export interface RunningRounds {
  start(plan: RoundPlan): void;
  /** Modules that are being built, or are going to be. */
  open(): ReadonlyMap<ModuleId, OpenTask>;
  /** Called before the project is read: what has ended by then shows there. */
  forgetEnded(): void;
  /** Ends the calls of `cancelled` and resolves once they have ended. */
  cancel(cancelled: readonly ModuleId[]): Promise<void>;
  /** Starts no more modules; returns those that go on. */
  pause(): ReadonlyMap<ModuleId, StartedModule>;
  /** How those rounds ended that ended since this was last asked. */
  collect(): readonly RoundEnd[];
  isRunning(): boolean;
  /** Resolves once nothing runs any more. */
  settle(): Promise<void>;
}

/** No rounds yet. `onEnded` is called whenever one has ended. */
export function createRunningRounds(onEnded: () => void): RunningRounds {
  const rounds = new Map<RunningRound, RoundEnd | undefined>();
  const all = <Value>(of: (round: RunningRound) => ReadonlyMap<ModuleId, Value>): ReadonlyMap<ModuleId, Value> =>
    new Map([...rounds.keys()].flatMap((round) => [...of(round)]));
  return {
    start(plan) {
      const round = startRound(plan);
      rounds.set(round, undefined);
      void round.ended.then((end) => {
        rounds.set(round, end);
        onEnded();
      });
    },
    open: () => all((round) => round.open()),
    forgetEnded() {
      for (const round of rounds.keys()) round.forgetEnded();
    },
    async cancel(cancelled) {
      await Promise.all([...rounds.keys()].map((round) => round.cancel(cancelled)));
    },
    pause() {
      for (const round of rounds.keys()) round.pause();
      return all((round) => round.started());
    },
    collect: () =>
      [...rounds].flatMap(([round, end]) => {
        if (end === undefined) return [];
        rounds.delete(round);
        return [end];
      }),
    isRunning: () => [...rounds.values()].includes(undefined),
    async settle() {
      await Promise.all([...rounds.keys()].map(({ ended }) => ended));
    },
  };
}
