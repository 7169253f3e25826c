// A conversation: its exchanges in order, one of them at work at most.

import { everything } from "./filters.js";
import { Exchange } from "./exchange.js";
import { several } from "./wording.js";

const MOST_HISTORY = 10;

export class Conversation {
  /** @type {Exchange[]} */
  exchanges = [];
  /** @type {{exchange: Exchange, stopping: AbortController} | null} */
  #running = null;

  /**
   * @param {HTMLElement} place
   * @param {{busy: (busy: boolean) => void, begun: () => void, changed: (conversation: Conversation) => void, widened: (gone: import("./filters.js").Filter) => void}} told
   */
  constructor(place, told) {
    this.place = place;
    this.told = told;
    this.id = newId();
  }

  /** Asks `asked` after what was asked before. @param {Omit<import("./exchange.js").Asked, "history">} asked */
  ask(asked) {
    const exchange = this.#added({ ...asked, history: this.#history(this.exchanges.length) });
    this.told.begun();
    exchange.element.scrollIntoView({ block: "start" });
    return this.#run(exchange);
  }

  /** Stops what is arriving; what was verified stays. */
  stop() {
    this.#running?.stopping.abort();
  }

  /** Whoever leaves the page, or turns to something else, stops what is arriving; what was verified until then is kept. @param {"left" | "stopped"} how */
  leave(how) {
    if (this.#running) {
      const { exchange, stopping } = this.#running;
      this.#running = null;
      exchange.leave(how);
      stopping.abort();
      this.told.busy(false);
      this.told.changed(this);
    }
  }

  /** Shows `answers` as they were given, also those that are not whole. @param {string} id @param {any[]} answers */
  restore(id, answers) {
    this.clear();
    this.id = id;
    for (const answer of answers) {
      const { question, model, style } = answer;
      const asked = answer.asked ?? { question, filters: { ...everything(), ...answer.filters }, recognise: true, model, style };
      this.#added({ ...asked, history: this.#history(this.exchanges.length) }).restore(answer);
    }
    this.told.begun();
  }

  /** Begins another. */
  clear() {
    this.leave("stopped");
    this.exchanges = [];
    this.id = newId();
    this.place.replaceChildren();
  }

  /** What can be shown again: the answers in order, also those that are not whole. */
  get answers() {
    return this.exchanges.map((one) => one.kept).filter(Boolean);
  }

  #added(asked) {
    const exchange = new Exchange(asked, (otherwise, gone) => {
      if (gone) {
        this.told.widened(gone);
      }
      this.#again(exchange, otherwise);
    });
    this.exchanges.push(exchange);
    this.place.append(exchange.element);
    return exchange;
  }

  /** In its place, so that the conversation stays in order. */
  #again(exchange, asked) {
    this.stop();
    exchange.asked = { ...asked, history: this.#history(this.exchanges.indexOf(exchange)) };
    exchange.element.style.minHeight = `${exchange.element.offsetHeight}px`;
    exchange.heading.focus({ preventScroll: true });
    return this.#run(exchange);
  }

  async #run(exchange) {
    const stopping = new AbortController();
    this.#running = { exchange, stopping };
    this.told.busy(true);
    const transcripts = Number(document.getElementById("desk").dataset.transcripts);
    if (transcripts) {
      this.told.changed(this);
    }
    try {
      await exchange.run(stopping.signal, `Searching ${several(transcripts, "transcript")} …`);
    } finally {
      if (this.#running?.stopping === stopping) {
        this.#running = null;
        this.told.busy(false);
        this.told.changed(this);
      }
    }
  }

  /** @param {number} before how many exchanges go before */
  #history(before) {
    return this.exchanges.slice(0, before).map((one) => one.past).slice(-MOST_HISTORY);
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
