import { loadingHook, notBuiltHook, runnerHook } from "./hooks.ts";
import { intrinsicsSource } from "./intrinsics.ts";

/**
 * Source of the program that runs cases, as an ES module to be read by Node from its input. It takes hold of all that it needs, takes
 * away what code under test must not have, and only then loads that code. What it finds it writes to descriptor 4, a line each,
 * behind a nonce that lives in a closure: `[event, index, …]` as JSON.
 */
export const harnessSource: string = String.raw`
import assert from "node:assert";
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import fs from "node:fs";
import Module, { builtinModules, createRequire, syncBuiltinESMExports } from "node:module";
import net from "node:net";
import os from "node:os";
import stream from "node:stream";
import traceEvents from "node:trace_events";
import util from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
${intrinsicsSource}
async function main({ nonce, code, commonJs, root, runs, cases }, pureValues, fastCheck) {
  const { writeSync } = fs;
  const { stringify } = JSON;
  const { format, inspect, isDeepStrictEqual } = util;
  const { compileFunction } = vm;
  const { isBuiltin } = Module;
  const { getBuiltinModule } = process;
  const end = process.reallyExit.bind(process);
  // What a class says of its instances itself may be changed; this may not.
  const isInstance = Function.prototype.call.bind(Function.prototype[Symbol.hasInstance]);
  const now = performance.now.bind(performance);
  const count = cases.length;
  let current = -1;
  let denied = "";
  // Characters that may yet be spent on telling which values are tried.
  let spare = 200_000;

  const say = (event, index, first = "", second = "") =>
    writeSync(4, "\n" + nonce + "[" + stringify(event) + "," + index + "," + stringify(first) + "," + stringify(second) + "]\n");
  const deny = (what) => (denied ||= what);
  const refusal = (what) =>
    function () {
      deny(what);
      throw Object.assign(new Error(what + " is not available to examples"), { code: "ERR_ACCESS_DENIED" });
    };
  const noteError = (error) => {
    const codeOf = error?.code ?? error?.cause?.code;
    if (codeOf === "ERR_ACCESS_DENIED") deny("the " + (error.permission ?? "system"));
    if (codeOf === "ERR_DLOPEN_DISABLED") deny("native code");
    if (error?.name === "JauntNotBuiltError") deny("a module that is not built yet");
    return error;
  };
  const hide = (owner, key, value) => Object.defineProperty(owner, key, { value, configurable: false, writable: false });
  const refuseAll = (owner, keys, what) => {
    for (const key of keys) if (typeof owner[key] === "function") owner[key] = refusal(what);
  };
  const functionsOf = (owner) => Object.keys(owner).filter((key) => typeof owner[key] === "function" && !/^[A-Z_]/.test(key));
  // What Node's permission model refuses is noted here, for code under test may swallow the error.
  const watchAll = (owner) => {
    for (const key of functionsOf(owner)) {
      const original = owner[key];
      const watched = function (...given) {
        const last = given.at(-1);
        if (typeof last === "function") given[given.length - 1] = (error, ...rest) => last(error && noteError(error), ...rest);
        try {
          const result = original.apply(this, given);
          if (key === "existsSync" && !result && !process.permission.has("fs.read", String(given[0]))) deny("the file system");
          return result instanceof Promise ? result.catch((error) => { throw noteError(error); }) : result;
        } catch (error) {
          throw noteError(error);
        }
      };
      const { length, name, prototype, ...others } = Object.getOwnPropertyDescriptors(original);
      owner[key] = Object.defineProperties(watched, others);
    }
  };

  watchAll(fs);
  watchAll(fs.promises);
  watchAll(childProcess);
  refuseAll(net.Socket.prototype, ["connect"], "the network");
  refuseAll(net.Server.prototype, ["listen"], "the network");
  refuseAll(dgram, ["createSocket", "Socket"], "the network");
  refuseAll(dns, Object.keys(dns), "the network");
  refuseAll(dns.promises, Object.keys(dns.promises), "the network");
  refuseAll(globalThis, ["fetch", "WebSocket", "EventSource"], "the network");
  refuseAll(os, ["setPriority"], "other processes");
  refuseAll(process, ["kill", "_kill", "_debugProcess", "_debugEnd", "abort", "chdir", "setuid", "setgid", "seteuid", "setegid", "setgroups", "initgroups", "umask"], "other processes");
  refuseAll(v8, functionsOf(v8).filter((key) => !/^(?:de)?serialize$|Statistics$|^cachedDataVersionTag$/.test(key)), "V8's inside");
  refuseAll(traceEvents, ["createTracing"], "V8's inside");
  refuseAll(Module, ["registerHooks"], "Node's inside");
  // Databases are files that Node's permission model knows nothing of. What later versions of Node bring, nobody knows yet.
  const later = builtinModules.filter((name) => name.startsWith("node:") && !/^node:(?:sea|test|test\/reporters)$/.test(name));
  for (const name of ["node:sqlite", ...later]) {
    const added = getBuiltinModule(name) ?? {};
    refuseAll(added, Object.keys(added), name);
  }
  hide(process, "report", undefined);
  for (const key of functionsOf(console)) console[key] = () => {};
  const mute = () => new stream.Writable({ write: (_chunk, _encoding, done) => done() });
  hide(process, "stdin", stream.Readable.from([]));
  hide(process, "stdout", mute());
  hide(process, "stderr", mute());
  process.argv = ["node"];
  process.execArgv = [];
  for (const key of Object.keys(process.env)) delete process.env[key];
  process.env.TZ = "UTC";
  // What tests assert with is theirs alone.
  for (const each of [assert, assert.strict, assert.AssertionError, assert.AssertionError.prototype]) Object.freeze(each);
  syncBuiltinESMExports();

  let hardened = false;
  hide(globalThis, Symbol.for("${loadingHook}"), (begins) => {
    // Packages have loaded by now, and may have changed what they please.
    if (!hardened) hardenIntrinsics();
    hardened = true;
    say(begins ? "loading" : "loaded", -1, now());
  });
  hide(globalThis, Symbol.for("${runnerHook}"), (what) => deny(what + ", which works in the project's runner only"));
  hide(globalThis, Symbol.for("${notBuiltHook}"), (ref) => deny(ref + ", which is not built yet"));

  const view = Object.assign(Object.create(null), { depth: 6, maxArrayLength: 50, maxStringLength: 500, breakLength: 100, customInspect: false });
  const attempt = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  const show = (value) => attempt(() => inspect(value, view).slice(0, 2000), "a value that cannot be shown");
  const nameOf = (error) => attempt(() => String(error.constructor.name), "");
  const showError = (error) =>
    attempt(() => (error instanceof Error ? nameOf(error) + ": " + error.message : inspect(error, view)).slice(0, 2000), "a value that cannot be shown");

  const pass = (index) => say("pass", index);
  const skip = (index, reason) => say("skip", index, reason);
  const fail = (index, received, counterexample = "") => (denied === "" ? say("fail", index, received, counterexample) : skip(index, "it needs " + denied));

  process.on("uncaughtException", (error) => {
    noteError(error);
    if (current < 0) say("broken", -1, showError(error), denied);
    else fail(current, "an error outside of the call: " + showError(error));
    end(1);
  });

  const matches = (error, { name, message, open }, Class) => {
    if (name !== undefined) {
      const last = name.slice(name.lastIndexOf(".") + 1);
      if (!attempt(() => isInstance(Class, error), false) && attempt(() => error.name, undefined) !== last && nameOf(error) !== last) return false;
    }
    if (message === undefined) return true;
    const text = attempt(() => (typeof error === "string" ? error : String(error.message)), "");
    return open === true ? text.slice(0, message.length) === message : text === message;
  };

  const judge = async (index, call, expected) => {
    const { kind, text, thrown, isPure } = cases[index];
    let value;
    let error;
    let how = "returned";
    try {
      value = call();
    } catch (caught) {
      how = "threw";
      error = noteError(caught);
    }
    if (how === "returned") {
      try {
        value = await value;
      } catch (caught) {
        how = "rejected";
        error = noteError(caught);
      }
    }
    let wanted;
    if (isPure) wanted = pureValues[index];
    else if (expected !== undefined) {
      try {
        wanted = await expected();
      } catch (caught) {
        noteError(caught);
        return skip(index, "what it says it comes to cannot be computed: " + showError(caught));
      }
    }
    const problem = how === "threw" ? "threw " : "rejected with ";
    if (kind === "throws" || kind === "rejects") {
      if (how === "returned") return fail(index, "returned " + show(value));
      if (kind === "rejects" && how === "threw") return fail(index, "threw at once, and did not reject: " + showError(error));
      return matches(error, thrown, wanted) ? pass(index) : fail(index, problem + showError(error));
    }
    if (how !== "returned") return fail(index, problem + showError(error));
    if (isDeepStrictEqual(value, wanted)) return pass(index);
    if (kind === "prints" && attempt(() => format(value), undefined) === text) return pass(index);
    return fail(index, show(value));
  };

  const judgeProperty = async (index, invariant, given) => {
    const { variables, seed, asksModule } = cases[index];
    let found;
    let enough = Infinity;
    const tryValues = async (...values) => {
      // What has been found may take long to make smaller.
      if (now() > enough) return;
      // Code under test may change what it is given.
      const shown = "{ " + variables.map((name, at) => name + ": " + show(values[at])).join(", ") + " }";
      let received;
      let counts = true;
      try {
        counts = given === undefined || Boolean(await given(...values));
        // Whoever never comes back from this is told of what. Conditions that may hang as well could name the wrong values.
        if (counts && found === undefined && !asksModule) {
          const tried = shown.length > Math.min(spare, 500) ? "" : shown;
          spare -= tried.length;
          say("try", index, tried);
        }
        const value = counts ? await invariant(...values) : true;
        if (value !== true) received = value === false ? "false" : show(value) + ", which is neither true nor false";
      } catch (error) {
        received = "threw " + showError(noteError(error));
      }
      // Outside of the block above, for whatever code under test throws is an error.
      if (!counts) fastCheck.pre(false);
      if (received === undefined) return;
      found = [received, shown];
      if (enough === Infinity) enough = now() + 1000;
      if (denied === "") say("found", index, received, shown);
      throw new Error("it fails");
    };
    const property = fastCheck.asyncProperty(...pureValues[index], tryValues);
    const { failed } = await fastCheck.check(property, { seed, numRuns: runs });
    if (found !== undefined) return fail(index, ...found);
    if (!failed) return pass(index);
    const tooFew = "its condition holds for too few values";
    return asksModule ? fail(index, tooFew) : skip(index, tooFew);
  };

  const judgeTest = async (index, load) => {
    let run;
    try {
      run = await load();
    } catch (error) {
      noteError(error);
      return skip(index, denied === "" ? "its file does not load: " + showError(error) : "it needs " + denied);
    }
    if (typeof run !== "function") return skip(index, "its file exports no such function");
    try {
      await run();
    } catch (error) {
      noteError(error);
      return fail(index, isInstance(assert.AssertionError, error) ? String(error.message).slice(0, 2000) : showError(error));
    }
    return pass(index);
  };
  const judges = { example: judge, property: judgeProperty, test: judgeTest };

  say("ready", -1);
  let loaded;
  try {
    if (commonJs) {
      loaded = { exports: {} };
      const load = createRequire(root);
      // Code under test may change how modules are loaded, but not what later code gets of Node's own.
      const require = Object.assign((name) => (isBuiltin(name) ? getBuiltinModule(name) : load(name)), load);
      compileFunction(code, ["exports", "require", "module", "__filename", "__dirname"])(loaded.exports, require, loaded, root, root);
      loaded = loaded.exports;
    } else loaded = await import(code);
  } catch (error) {
    noteError(error);
    say("broken", -1, showError(error), denied);
    end(0);
  }
  const list = loaded.jauntCases;
  for (let index = 0; index < count; index += 1) {
    current = index;
    denied = "";
    say("start", index, now());
    let judged = false;
    try {
      await list[index]((first, second) => {
        judged = true;
        return judges[cases[index].type](index, first, second);
      });
    } catch (error) {
      noteError(error);
      if (!judged) fail(index, "the statements before the call threw " + showError(error));
      else fail(index, "threw " + showError(error));
    }
  }
  say("done", count);
  end(0);
}
`;
