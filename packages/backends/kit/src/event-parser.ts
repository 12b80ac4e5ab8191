/** Cuts a server-sent event stream into the data of its events, whatever the pieces it arrives in. */
export interface EventParser {
  /** The data of every event that this piece completes. */
  push(piece: string): readonly string[];
  /** The data of a last event that the stream did not close with an empty line. */
  end(): readonly string[];
}

/** Reads `data` fields of server-sent events with any line ending; comments and other fields are skipped. */
export function createEventParser(): EventParser {
  let rest = "";
  let data: string[] = [];

  function takeEvent(): readonly string[] {
    const event = data.length === 0 ? [] : [data.join("\n")];
    data = [];
    return event;
  }

  function takeLine(line: string): readonly string[] {
    if (line === "") return takeEvent();
    if (line.startsWith("data:")) data.push(line.slice(line.startsWith("data: ") ? 6 : 5));
    return [];
  }

  return {
    push(piece) {
      // A line without its end is kept apart, so that a long one is joined once and not searched again and again.
      if (!/[\r\n]/.test(piece)) {
        rest += piece;
        return [];
      }
      const text = rest + piece;
      // A final `\r` may be half of a `\r\n`.
      const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = `${lines.pop() ?? ""}${text.slice(whole.length)}`;
      return lines.flatMap(takeLine);
    },
    end() {
      const events = rest.split(/\r\n|\n|\r/).flatMap(takeLine);
      rest = "";
      return [...events, ...takeEvent()];
    },
  };
}
