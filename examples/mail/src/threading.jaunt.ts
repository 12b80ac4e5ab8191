import { magic } from "@jaunt/spec";
import { groupBy, sortBy } from "./collections.js";
import type { Message, Thread } from "./types.js";

/**
 * The subject without what replies and lists put in front: "Re:", "Fw:", "Fwd:", "Aw:", also counted as in
 * "Re[2]:", and list tags in brackets, in any number, order and case. White space is collapsed, the ends are
 * trimmed. A subject that is nothing but such prefixes is "".
 * @example baseSubject("RE: [dev]  Fwd: Release\tplan ") // => "Release plan"
 * @example baseSubject("Re[2]: AW: lunch") // => "lunch"
 * @example baseSubject("Regarding: lunch") // => "Regarding: lunch"
 */
export declare function baseSubject(subject: string): string;

/** Messages sorted into conversations. Messages may be added in any order. */
export class ThreadIndex {
  readonly #messages: Map<string, Message> = new Map();

  /** An index of all the given messages. */
  static of(messages: Iterable<Message>): ThreadIndex {
    const index = new ThreadIndex();
    for (const message of messages) index.add(message);
    return index;
  }

  /** How many messages there are. */
  get size(): number {
    return this.#messages.size;
  }

  /** Add a message; false, and no change, when one with its id is there already. */
  add(message: Message): boolean {
    return magic(message);
  }

  /**
   * All conversations, ordered by the date of their first message. A message answers the last of its
   * references that is in the index, passing over one that would close a circle. A message without such a
   * reference whose subject {@link baseSubject} shortens is an answer to the earliest message that has no
   * parent, the same base subject, and comes before it. Answers to one message are ordered by date
   * ({@link sortBy}); messages without a date come last, equal dates keep the order of adding. The subject of
   * a thread is that of its first message.
   */
  threads(): Thread[] {
    return magic(groupBy, sortBy, baseSubject);
  }

  /** The conversation that holds the message with this id; undefined when there is none. */
  threadOf(id: string): Thread | undefined {
    return magic(id);
  }
}
