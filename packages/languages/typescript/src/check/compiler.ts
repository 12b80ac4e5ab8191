import type { TargetIo } from "@jaunt/core";
import type { CompileRequest, CompilerProblem } from "./compile-request.ts";
import { findFailingFiles } from "./failing-files.ts";
import { diagnoseByProcess } from "./tsc-process.ts";
import { createApiSession, type ApiSession } from "./typescript-api.ts";

/** Type-checks files against the project as it is on disk plus an overlay. */
export interface Compiler {
  diagnose(request: CompileRequest, io: TargetIo): Promise<readonly CompilerProblem[]>;
  /** Ends every process it started. */
  close(): Promise<void>;
}

const crashesAllowed = 2;
/** From here on it pays to open the whole project once, only to see which files need a closer look. */
const manyFiles = 50;

/**
 * The compiler behind all type checks: TypeScript's API in one long-lived process per project root, and `tsc` as a plain
 * process for what that one could not answer. After two crashes the API is not started again. An error found in memory
 * is confirmed against the disk before it counts, so that a file written meanwhile cannot cause a false one.
 */
export function createCompiler(): Compiler {
  const sessions = new Map<string, ApiSession>();
  let last: Promise<unknown> = Promise.resolve();
  let run: AbortSignal | undefined;
  let crashes = 0;
  let closing = new AbortController();

  async function diagnose(whole: CompileRequest, io: TargetIo): Promise<readonly CompilerProblem[]> {
    io.signal.throwIfAborted();
    const before = closing.signal;
    const request = await narrowed(whole, io, before);
    if (request.files.length === 0) return [];
    if (crashes >= crashesAllowed) return diagnoseByProcess(request, io);
    const session = sessions.get(io.root) ?? createApiSession(io.root);
    sessions.set(io.root, session);
    try {
      // Another signal is another run of Jaunt: the user had time to edit anything.
      if (run !== io.signal) await session.refresh();
      run = io.signal;
      const problems = await session.diagnose(request);
      return problems.length > 0 && (await session.refresh()) ? await session.diagnose(request) : problems;
    } catch (error) {
      if (before.aborted || io.signal.aborted) throw error;
      crashes += 1;
      return diagnoseByProcess(request, io);
    }
  }

  /** Of many files those that may have problems. */
  async function narrowed(request: CompileRequest, io: TargetIo, closed: AbortSignal): Promise<CompileRequest> {
    const { tsconfig, files, overlay } = request;
    if (tsconfig === "" || overlay.size > 0 || files.length < manyFiles || crashes >= crashesAllowed) return request;
    try {
      return { ...request, files: await findFailingFiles(io.root, request, AbortSignal.any([io.signal, closed])) };
    } catch (error) {
      if (closed.aborted || io.signal.aborted) throw error;
      return request;
    }
  }

  return {
    diagnose(request, io) {
      if (request.files.length === 0) return Promise.resolve([]);
      const answer = last.then(() => diagnose(request, io)).then(inOrder);
      last = answer.catch(() => undefined);
      return unlessAborted(answer, io.signal);
    },
    async close() {
      closing.abort();
      closing = new AbortController();
      await Promise.all([...sessions.values()].map((session) => session.close()));
      sessions.clear();
    },
  };
}

/** Rejects at once when `signal` aborts; what runs is left to end by itself. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function inOrder(problems: readonly CompilerProblem[]): readonly CompilerProblem[] {
  return [...problems].sort(
    (a, b) =>
      compare(a.file, b.file) || a.start.offset - b.start.offset || a.code - b.code || compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
