// The events of an answer, as they arrive: server-sent events over fetch.

import { Refusal, send } from "./http.js";

/**
 * @typedef {{name: string, data: any}} AnswerEvent `understood`, `retrieved`, `sentence`, `dropped`, then `done`
 */

/**
 * The events of the answer to `question`, `done` last. Refusal where the server sends `error`, refuses, or breaks
 * off; AbortError where `signal` stops it.
 * @param {object} question what POST /api/questions takes
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<AnswerEvent>}
 */
export async function* answerEvents(question, signal) {
  const response = await send("/api/questions", { json: question, accept: "text/event-stream", signal });
  try {
    for await (const { name, data } of parsed(response.body)) {
      if (name === "error") {
        throw new Refusal(JSON.parse(data));
      }
      yield { name, data: JSON.parse(data) };
      if (name === "done") {
        return;
      }
    }
  } catch (error) {
    if (error instanceof Refusal || error.name === "AbortError") {
      throw error;
    }
  }
  throw brokenOff();
}

/**
 * The events in a stream of bytes, as the HTML standard has them: lines end with LF, CR or both, an event with an
 * empty line; comments and fields that nobody knows are left out; what ends without an empty line is no event.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{name: string, data: string}>}
 */
export async function* parsed(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new Lines();
  let name = "";
  let data = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      for (const line of lines.of(value)) {
        if (line === "") {
          if (data.length) {
            yield { name: name || "message", data: data.join("\n") };
          }
          name = "";
          data = [];
          continue;
        }
        const at = line.indexOf(":");
        const field = at < 0 ? line : line.slice(0, at);
        const content = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
        if (field === "event") {
          name = content;
        } else if (field === "data") {
          data.push(content);
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Whole lines out of pieces of text. */
class Lines {
  #rest = "";

  /** The lines that `piece` completes. A CR at its end waits: an LF may follow. @param {string} piece */
  *of(piece) {
    const text = this.#rest + piece;
    let from = 0;
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r(?!$)/g)) {
      yield text.slice(from, index);
      from = index + end.length;
    }
    this.#rest = text.slice(from);
  }
}

function brokenOff() {
  return new Refusal({
    type: "about:blank",
    title: "Broken off",
    status: 0,
    detail: "The connection broke off before the answer was whole.",
  });
}
