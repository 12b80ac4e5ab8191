import { test } from "@jaunt/spec";
import { search } from "../src/search.js";
import type { Message } from "../src/types.js";

/** Three messages to search in: from Ann about a budget, from Bo with a file, and an old one without a date. */
export const mailbox: readonly Message[] = [
  {
    id: "budget@example.com",
    from: [{ name: "Ann Lee", local: "ann", domain: "example.com" }],
    to: [{ name: "", local: "bo", domain: "example.com" }],
    subject: "Budget 2025",
    date: new Date("2024-11-21T00:00:00Z"),
    references: [],
    text: "Please read it before Friday.",
    attachments: [],
  },
  {
    id: "scan@example.com",
    from: [{ name: "Bo", local: "bo", domain: "example.com" }],
    to: [{ name: "Ann Lee", local: "ann", domain: "example.com" }],
    subject: "Scan",
    date: new Date("2024-11-20T23:59:59Z"),
    references: [],
    text: "The BUDGET, signed.",
    attachments: [{ filename: "scan.pdf", mediaType: "application/pdf", size: 3 }],
  },
  {
    id: "old@example.com",
    from: [],
    to: [],
    subject: "",
    date: undefined,
    references: [],
    text: "out of office",
    attachments: [],
  },
];

/** "budget" is found in a subject and in a text, in any case, in the order of the mailbox; with {@link search}. */
export function wordsAreFoundEverywhere(): void {
  test(search, mailbox);
}

/** `from:` and `to:` look at the names as well as at the addresses, and at nothing else. */
export function fieldsAreKeptApart(): void {
  test(search, mailbox);
}

/** `since:` includes the start of its day in UTC, `before:` excludes it, and a message without a date is found by neither. */
export function daysBeginInUtc(): void {
  test(search, mailbox);
}

/** "-" turns a term around, `or` binds less than standing side by side, parentheses bind most. */
export function termsBindAsPromised(): void {
  test(search, mailbox);
}
