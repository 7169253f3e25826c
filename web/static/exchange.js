// An exchange: a question, how it was understood, and what came of it.

import { AnswerText } from "./answer.js";
import { Clock } from "./clock.js";
import { button, element, tell } from "./element.js";
import { chip, each, together, without } from "./filters.js";
import { Refusal } from "./http.js";
import { failure, leftOut, noAnswer, searched, stopped } from "./outcome.js";
import { sources } from "./sources.js";
import { standing } from "./standing.js";
import { answerEvents } from "./stream.js";
import { Tools } from "./tools.js";
import { harmless, several } from "./wording.js";

const MOST_CHIPS = 12;
const NOTHING = { speakers: [], transcripts: [], since: null, until: null };

/**
 * @typedef {object} Asked
 * @property {string} question @property {import("./filters.js").Filters} filters @property {boolean} recognise
 * @property {string | null} model @property {"quotes" | "prose" | null} style
 * @property {{question: string, answer: string}[]} history
 */

export class Exchange {
  /** @type {any} the whole answer, once it is there */
  answer = null;
  /** @type {import("./answer.js").Sentence[]} */
  sentences = [];
  /** @type {import("./citation.js").Citation[]} */
  citations = [];

  /** @param {Asked} asked @param {(asked: Asked, gone?: import("./filters.js").Filter) => void} again asks it again, without `gone` */
  constructor(asked, again) {
    this.asked = asked;
    this.again = again;
    this.understood = asked.question;
    this.titles = new Map();
    this.heading = element("h2", { class: "question", dir: "auto", tabindex: "-1" }, harmless(asked.question));
    this.progress = element("span");
    this.clock = new Clock();
    this.body = element("div", { class: "exchange-body" });
    const line = element("p", { class: "progress-line small faint figures" }, this.progress, this.clock.element);
    this.element = element("article", { class: "exchange" }, this.heading, line, this.body);
  }

  /** What a later question may follow: the question as it was understood, and the answer's text. */
  get past() {
    return { question: this.understood, answer: this.sentences.map((one) => one.text).join(" ") };
  }

  /** Asks, and shows what comes. @param {AbortSignal} signal @param {string} beginning what to say at first */
  async run(signal, beginning) {
    this.signal = signal;
    this.#clear();
    this.clock.start();
    this.#say(beginning);
    const dropped = [];
    const { question, filters, recognise, model, style, history } = this.asked;
    const sent = { question, filters, recognise, history, ...(model && { model }), ...(style && { style }) };
    try {
      for await (const { name, data } of answerEvents(sent, signal)) {
        if (this.signal !== signal) {
          return;
        }
        if (name === "understood") {
          this.#understand(data);
        } else if (name === "retrieved") {
          this.#retrieved(data);
        } else if (name === "sentence") {
          this.#add(data.sentence, data.citations);
          this.#arriving(dropped.length);
        } else if (name === "dropped") {
          dropped.push(data);
          this.#arriving(dropped.length);
        } else if (name === "done") {
          this.#finish(data);
        }
      }
    } catch (error) {
      // Asked again meanwhile, it shows what comes of that.
      if (this.signal === signal) {
        this.#broken(error, dropped);
      }
    } finally {
      if (this.signal === signal) {
        this.clock.stop();
      }
    }
  }

  /** Shows an answer that was given before. @param {any} answer */
  restore(answer) {
    this.#clear();
    this.#understand(answer);
    this.text.element.removeAttribute("aria-live");
    const cited = new Map(answer.citations.map((one) => [one.number, one]));
    for (const sentence of answer.sentences) {
      const brought = sentence.citations.map((number) => cited.get(number)).filter(Boolean);
      this.#add(sentence, brought);
    }
    this.#finish(answer, false);
    standing(answer).then((note) => note && this.answer === answer && this.text.element.before(note));
  }

  #clear() {
    this.answer = null;
    this.sentences = [];
    this.citations = [];
    this.tools = null;
    this.text = new AnswerText();
    this.chips = element("div", { class: "understood" });
    this.body.replaceChildren(this.chips, this.text.element);
  }

  /** @param {{understood_as: string, recognised: any}} understood */
  #understand({ understood_as: understood, recognised }) {
    this.understood = understood;
    this.recognised = { ...NOTHING, ...recognised };
    const folded = this.asked.question.trim().replace(/\s+/g, " ");
    if (understood !== folded) {
      this.chips.append(
        element("p", { class: "understood-as", dir: "auto" }, element("span", { class: "faint" }, "Understood as "), harmless(understood)),
      );
    }
    this.#showChips();
  }

  #showChips() {
    const whole = together(this.asked.filters, this.recognised);
    const filters = each(whole);
    const chips = filters
      .slice(0, MOST_CHIPS)
      .map((one) => chip(one, (gone) => this.#askWithout(gone), this.titles.get(one.value)));
    this.chips.querySelector(".chips")?.remove();
    if (chips.length) {
      const more = filters.length - chips.length;
      if (more) {
        chips.push(element("li", { class: "small faint" }, `and ${more} more`));
      }
      this.chips.append(element("ul", { class: "chips", "aria-label": "Searched only" }, ...chips));
    }
  }

  /** Taking one filter away takes recognising away, or it would come back; the others hold on. */
  #askWithout(gone) {
    const filters = without(together(this.asked.filters, this.recognised), gone);
    this.again({ ...this.asked, filters, recognise: false }, gone);
  }

  /** Where whose words are wanted was taken from the question: a button that asks without; else nothing. */
  #wider() {
    if (!this.recognised.speakers.length) {
      return [];
    }
    const filters = { ...together(this.asked.filters, this.recognised), speakers: this.asked.filters.speakers };
    const ask = () => this.again({ ...this.asked, filters, recognise: false });
    return [element("p", { class: "no-print" }, button("Search everybody’s words", ask, "button"))];
  }

  /** @param {any[]} hits */
  #retrieved(hits) {
    for (const hit of hits) {
      if (hit.title) {
        this.titles.set(hit.transcript_id, hit.title);
      }
    }
    if (this.recognised.transcripts.length || this.asked.filters.transcripts.length) {
      this.#showChips();
    }
    this.#say(`Reading ${several(hits.length, "passage")} …`);
  }

  #add(sentence, citations) {
    const known = new Set(this.citations.map((one) => one.number));
    this.sentences.push(sentence);
    this.citations.push(...citations.filter((one) => !known.has(one.number)));
    this.text.add(sentence, citations);
  }

  /** @param {any} answer @param {boolean} [aloud] */
  #finish(answer, aloud = true) {
    this.answer = answer;
    this.body.append(
      ...(answer.abstention ? [noAnswer(answer.abstention, this.#wider())] : this.#taken()),
      ...(answer.dropped.length ? [leftOut(answer.dropped)] : []),
      ...(answer.searched.transcripts ? [searched(answer)] : []),
    );
    this.#say(inShort(answer));
    if (aloud) {
      tell(answer.abstention ? `No answer in the record. ${answer.abstention.message}` : inShort(answer));
    }
  }

  #broken(error, dropped) {
    const verified = this.sentences.length;
    if (error.name === "AbortError") {
      this.body.append(stopped(verified));
      tell("Stopped.");
    } else if (error instanceof Refusal) {
      this.body.append(failure(error, verified));
    } else {
      throw error;
    }
    if (verified) {
      this.body.append(...this.#taken());
    }
    if (dropped.length) {
      this.body.append(leftOut(dropped));
    }
    const again = button("Ask again", () => this.again(this.asked), "button");
    this.body.append(element("p", { class: "again no-print" }, again));
    this.#say(verified ? `${several(verified, "sentence")} verified, not whole` : "No answer");
  }

  /** The ways to take it along, and its sources. */
  #taken() {
    const { understood: question, sentences, citations } = this;
    this.tools = new Tools({ question, sentences, citations }, this.answer);
    return [this.tools.element, sources(citations, this.text.quotesOnly)];
  }

  /** @param {number} dropped */
  #arriving(dropped) {
    const left = dropped ? `, ${dropped} left out` : "";
    this.#say(`${several(this.sentences.length, "sentence")} verified${left}, still reading …`);
  }

  /** @param {string} words */
  #say(words) {
    this.progress.textContent = words;
  }
}

/** @param {any} answer */
function inShort(answer) {
  if (!answer.searched.transcripts) {
    return "";
  }
  if (answer.abstention) {
    return `Searched ${several(answer.searched.transcripts, "transcript")}, ${several(answer.searched.passages, "passage")}`;
  }
  const from = new Set(answer.citations.map((one) => one.transcript_id)).size;
  const what = answer.sentences.every((one) => one.kind === "quote") ? "quote" : "sentence";
  return `${several(answer.sentences.length, what)} from ${several(from, "transcript")}`;
}
