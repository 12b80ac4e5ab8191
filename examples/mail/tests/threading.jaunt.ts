import { test } from "@jaunt/spec";
import { ThreadIndex } from "../src/threading.js";
import type { Message } from "../src/types.js";

/** A message with an id, and otherwise nothing but what a test is about. */
export function message(id: string, about: Partial<Message> = {}): Message {
  return { id, from: [], to: [], subject: "", date: undefined, references: [], text: "", attachments: [], ...about };
}

/** A time on 21 November 2024, in UTC. */
export function at(hour: number): Date {
  return new Date(Date.UTC(2024, 10, 21, hour));
}

/**
 * Three messages that answer each other by their references make one thread, in whatever order they were added to the
 * {@link ThreadIndex}: depths 0, 1 and 2, under the subject of the first.
 */
export function answersFollowWhatTheyAnswer(): void {
  test(ThreadIndex, message, at);
}

/**
 * "Re: lunch" without references answers the earlier "Lunch plans" not at all and the earlier "lunch" directly; a "lunch" that
 * came after it is a thread of its own.
 */
export function subjectsJoinWhatReferencesDoNot(): void {
  test(ThreadIndex, message, at);
}

/** Two messages that refer to each other end up in one thread, each of them once. */
export function circlesAreBroken(): void {
  test(ThreadIndex, message);
}

/** Of two messages with one id the first stays, the second is refused with false, and the size says so. */
export function theFirstOfTwoWithOneIdStays(): void {
  test(ThreadIndex, message);
}

/** Answers without a date come after those with one, whatever the order of adding. */
export function undatedAnswersComeLast(): void {
  test(ThreadIndex, message, at);
}
