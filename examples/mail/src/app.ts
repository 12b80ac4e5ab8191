import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { formatAddress } from "./addresses.js";
import { groupBy, sortBy } from "./collections.js";
import { formatDate } from "./dates.js";
import { foldField } from "./headers.js";
import { readMbox } from "./mbox.js";
import { parseMessage } from "./message.js";
import { QueryError } from "./query.js";
import { shorten, table } from "./report.js";
import { search } from "./search.js";
import { ThreadIndex } from "./threading.js";
import type { Message, Thread } from "./types.js";

const sample = fileURLToPath(new URL("../sample.mbox", import.meta.url));
const [path = sample, query = 'has:attachment or "launch day" -from:bot'] = process.argv.slice(2);

try {
  process.stdout.write(report(readFileSync(path, "latin1"), query));
} catch (error) {
  if (!(error instanceof QueryError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Threads, a search and the busiest writers of a mailbox, as plain text. */
function report(mailbox: string, queryText: string): string {
  const index = new ThreadIndex();
  let duplicates = 0;
  for (const entry of readMbox(mailbox)) {
    if (!index.add(parseMessage(entry.raw))) duplicates += 1;
  }
  const threads = index.threads();
  const messages = threads.flatMap((thread) => thread.entries.map((entry) => entry.message));
  return [
    `${index.size} messages, ${threads.length} threads, ${duplicates} duplicate`,
    ...threads.map(threadText),
    `Search: ${queryText}\n\n${resultsText(search(messages, queryText))}`,
    `Writers\n\n${writersText(messages)}`,
    `Next digest\n\n${digestHeader(messages).replaceAll("\r\n", "\n")}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function threadText(thread: Thread): string {
  const lines = thread.entries.map(({ message, depth }) => {
    const gist = shorten(message.text, 44);
    return `  ${dayOf(message)}  ${"  ".repeat(depth)}${writerOf(message)}: ${gist}`;
  });
  return [`# ${thread.subject}`, ...lines].join("\n");
}

function resultsText(found: readonly Message[]): string {
  const rows = found.map((message) => [
    dayOf(message),
    writerOf(message),
    message.subject,
    message.attachments.map((file) => `${file.filename} (${file.mediaType}, ${file.size} bytes)`).join(", "),
  ]);
  return table(["Day", "From", "Subject", "Files"], rows, 60);
}

function writersText(messages: readonly Message[]): string {
  const byWriter = [...groupBy(messages, writerOf)];
  const ranked = sortBy(byWriter, ([, written]) => -written.length);
  return table(
    ["Writer", "Messages"],
    ranked.map(([writer, written]) => [writer, String(written.length)]),
  );
}

/** Header lines of a mail that would go to everybody who wrote, one minute after the last message. */
function digestHeader(messages: readonly Message[]): string {
  const writers = groupBy(messages.flatMap((message) => message.from), formatAddress);
  const times = messages.flatMap((message) => (message.date === undefined ? [] : [message.date.getTime()]));
  const date = new Date(Math.max(0, ...times) + 60_000);
  return [
    foldField("Date", formatDate(date, 60)),
    foldField("To", sortBy(writers.keys(), (writer) => writer).join(", ")),
  ].join("\r\n");
}

function dayOf(message: Message): string {
  return message.date?.toISOString().slice(0, 10) ?? "no date   ";
}

function writerOf(message: Message): string {
  const [first] = message.from;
  if (first === undefined) return "unknown";
  return first.name === "" ? first.local : first.name;
}
