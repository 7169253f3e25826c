// A conversation: its exchanges in order, one of them at work at most.

import { everything } from "./filters.js";
import { Exchange } from "./exchange.js";
import { several } from "./wording.js";

const MOST_HISTORY = 10;

export class Conversation {
  /** @type {Exchange[]} */
  exchanges = [];
  #stopping = null;

  /**
   * @param {HTMLElement} place
   * @param {{busy: (busy: boolean) => void, begun: () => void, changed: (conversation: Conversation) => void, widened: (gone: import("./filters.js").Filter) => void}} told
   */
  constructor(place, told) {
    this.place = place;
    this.told = told;
    this.id = newId();
  }

  get busy() {
    return this.#stopping !== null;
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
    this.#stopping?.abort();
  }

  /** Shows `answers` as they were given. @param {string} id @param {any[]} answers */
  restore(id, answers) {
    this.clear();
    this.id = id;
    for (const answer of answers) {
      const asked = { question: answer.question, filters: { ...everything(), ...answer.filters } };
      const model = answer.model;
      this.#added({ ...asked, recognise: true, model, style: answer.style, history: this.#history(this.exchanges.length) }).restore(answer);
    }
    this.told.begun();
  }

  /** Begins another. */
  clear() {
    this.stop();
    this.exchanges = [];
    this.id = newId();
    this.place.replaceChildren();
  }

  /** The whole answers, in order; that nothing was there to be searched is none. */
  get answers() {
    return this.exchanges.map((one) => one.answer).filter((one) => one?.searched.transcripts);
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
    this.#stopping = stopping;
    this.told.busy(true);
    const { transcripts } = document.getElementById("desk").dataset;
    try {
      await exchange.run(stopping.signal, `Searching ${several(Number(transcripts), "transcript")} …`);
    } finally {
      if (this.#stopping === stopping) {
        this.#stopping = null;
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
