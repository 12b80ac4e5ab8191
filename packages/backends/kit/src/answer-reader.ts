import { BackendError } from "@jaunt/core";
import { createEventParser } from "./event-parser.ts";
import { parseJson } from "./json.ts";

/** Turns the text of a 200 into the JSON values in it, as they arrive. */
export interface AnswerReader {
  /** @throws {BackendError} of kind `invalid-response` when it is no answer of an API */
  push(piece: string): void;
  /** Whether the server said that the stream is over. */
  done(): boolean;
  /** Whether events have arrived, rather than one JSON document or nothing. */
  streamed(): boolean;
  /** Reads what the end of the body completes. */
  end(): void;
}

/** Tells a stream from one document by its first character: content types lie, and some servers never stream. */
export function createAnswerReader(take: (value: unknown) => void): AnswerReader {
  const parser = createEventParser();
  const document: string[] = [];
  let form: "unknown" | "document" | "events" = "unknown";
  let start = "";
  let events = 0;
  let done = false;

  function takeEvent(data: string, isLast: boolean): void {
    if (done) return;
    events += 1;
    if (data.trim() === "[DONE]") {
      done = true;
      return;
    }
    const value = parseJson(data);
    if (value !== undefined) take(value);
    // The last event of a stream that was cut may be half of one, which is no worse than its absence.
    else if (!isLast) throw notJson(data);
  }

  return {
    push(piece) {
      if (form === "unknown") {
        start += piece;
        form = formOf(start);
        if (form === "unknown") return;
        piece = start;
      }
      if (form === "document") document.push(piece);
      else for (const data of parser.push(piece)) takeEvent(data, false);
    },
    done: () => done,
    streamed: () => events > 0,
    end() {
      if (form === "document") {
        const text = document.join("");
        const value = parseJson(text);
        if (value === undefined) throw notJson(text);
        take(value);
        return;
      }
      for (const data of parser.end()) takeEvent(data, true);
      if (events === 0 && !/^\s*(?::|$)/.test(start)) throw notJson(start);
    },
  };
}

function formOf(start: string): "unknown" | "document" | "events" {
  const first = start.trimStart().charAt(0);
  if (first === "<") {
    throw new BackendError("The endpoint answered with a page of HTML in place of a completion.", {
      kind: "invalid-response",
      // A sign-in page or a web interface will be there next time too.
      retryable: false,
      hint: "Check [llm] base_url: it may lead to a web page, or a proxy may ask for a sign-in.",
    });
  }
  if (first === "") return "unknown";
  return first === "{" || first === "[" ? "document" : "events";
}

function notJson(text: string): BackendError {
  return new BackendError(`The answer is neither JSON nor a stream of JSON (${String(text.length)} characters).`, {
    kind: "invalid-response",
  });
}
