/** Messages for one reader, in order. */
export interface Mailbox<Message> {
  post(message: Message): void;
  /** Everything that has arrived; waits until there is something. */
  take(): Promise<readonly Message[]>;
}

/** An empty mailbox. A reader that waits holds nothing but this mailbox, however often it waits. */
export function createMailbox<Message>(): Mailbox<Message> {
  let messages: Message[] = [];
  let wake: (() => void) | undefined;
  return {
    post(message) {
      messages.push(message);
      wake?.();
      wake = undefined;
    },
    async take() {
      if (messages.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const taken = messages;
      messages = [];
      return taken;
    },
  };
}
