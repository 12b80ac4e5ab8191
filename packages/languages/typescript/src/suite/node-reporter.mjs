// A reporter for `node --test` over one file: writes to descriptor 4, a line of JSON for each event, in the form of runner-events.ts.
// Reads the events of Node 20 and of Node 24 alike; what they call the wrapper around the file is told by its name.
import { writeSync } from "node:fs";
import { basename } from "node:path";
import { inspect } from "node:util";

const kept = 8000;

// oxlint-disable-next-line import/no-default-export -- Node calls the default export of a reporter
export default async function* report(source) {
  let printed = "";
  let complaint = "";
  for await (const { type, data } of source) {
    if (type === "test:stderr") printed = (printed + data.message).slice(-kept);
    // Only of errors behind the back of a test does Node speak so.
    else if (type === "test:diagnostic" && data.message.startsWith("Error: ")) complaint = data.message;
    else if (type === "test:dequeue" && !isWrapper(data)) say({ event: "begin", name: data.name });
    else if ((type === "test:pass" || type === "test:fail") && data.details?.type !== "suite") {
      if (!isWrapper(data)) say(testEvent(type, data));
      else if (type === "test:fail") say({ event: "problem", error: wrapperError(data, printed, complaint) });
    } else if (type === "test:fail" && data.details.error?.failureType === "hookFailed") {
      say({ event: "problem", error: describe(data.details.error) });
    }
  }
  say({ event: "end" });
  yield "";
}

function isWrapper({ name, nesting }) {
  return nesting === 0 && process.argv.some((argument) => basename(argument) === basename(name));
}

function testEvent(type, { name, skip, todo, details }) {
  const failed = type === "test:fail" && todo === undefined;
  const skipped = skip !== undefined || todo !== undefined;
  return {
    event: "test",
    name,
    outcome: failed ? "failed" : skipped ? "skipped" : "passed",
    durationMs: details.duration_ms ?? 0,
    ...(failed ? { error: describe(details.error) } : {}),
  };
}

function describe(error) {
  const { cause } = error;
  if (!(cause instanceof Error) && typeof cause?.stack !== "string") return { message: String(cause ?? error.message) };
  const { name, message, stack, generatedMessage, operator, actual, expected } = cause;
  const isPlain = /^(?:Assertion)?Error$/.test(name) || message.startsWith(name);
  return {
    message: isPlain ? message : `${name}: ${message}`,
    stack,
    // With words of the author's own, node:assert shows no values.
    ...(generatedMessage === false && operator !== undefined && operator !== "fail"
      ? { diff: `\n- Expected\n+ Received\n\n- ${inspect(expected)}\n+ ${inspect(actual)}` }
      : {}),
  };
}

function wrapperError({ details: { error } }, printed, complaint) {
  if (complaint !== "") return { message: complaint };
  const { failureType, exitCode, signal } = error;
  const thrown = /^(?:\S*(?:Error|Exception)\b[^\n]*)$/m.exec(printed);
  if (thrown !== null) {
    const text = printed.slice(thrown.index);
    return {
      message: text
        .split(/\n\s+at /)[0]
        .split("\n\nNode.js")[0]
        .trim(),
      stack: text,
    };
  }
  if (failureType === "testTimeoutFailure") return { message: String(error.cause) };
  const last = printed.trim().split("\n").at(-1) ?? "";
  const how = signal ? `signal ${signal}` : `exit code ${exitCode}`;
  return { message: `the process ended with ${how}${last === "" ? "" : ` (${last})`}` };
}

function say(event) {
  writeSync(4, `${JSON.stringify(event)}\n`);
}
