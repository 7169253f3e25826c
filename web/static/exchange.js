// An exchange: a question, how it was understood, and what came of it.

import { AnswerText } from "./answer.js";
import { Clock } from "./clock.js";
import { button, element, tell } from "./element.js";
import { chip, each, searchAddress, together, without } from "./filters.js";
import { Refusal } from "./http.js";
import { howSearched, leftOut, noAnswer, searched, unfinished } from "./outcome.js";
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
 *
 * What is kept of a question whose answer is not whole: what was verified of it, and how it ended.
 * @typedef {object} Unfinished
 * @property {string} question @property {Asked} asked @property {string} understood_as @property {any} recognised
 * @property {import("./answer.js").Sentence[]} sentences @property {import("./citation.js").Citation[]} citations
 * @property {any[]} dropped @property {import("./outcome.js").Ending} ended
 */

export class Exchange {
  /** @type {any} the whole answer, once it is there */
  answer = null;
  /** @type {import("./answer.js").Sentence[]} */
  sentences = [];
  /** @type {import("./citation.js").Citation[]} */
  citations = [];
  /** @type {any[]} what was left out so far */
  dropped = [];
  /** @type {import("./outcome.js").Ending | null} */
  ended = null;

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

  /** The whole answer, or what is there of it; null where nothing was there to be searched. @returns {any} */
  get kept() {
    if (this.answer) {
      return this.answer.searched.transcripts ? this.answer : null;
    }
    const { asked, understood: understood_as, recognised, sentences, citations, dropped } = this;
    const ended = this.ended ?? { how: "left", message: "" };
    return { question: asked.question, asked: { ...asked, history: [] }, understood_as, recognised, sentences, citations, dropped, ended };
  }

  /** Asks, and shows what comes. @param {AbortSignal} signal @param {string} beginning what to say at first */
  async run(signal, beginning) {
    this.signal = signal;
    this.#clear();
    this.clock.start();
    this.#say(beginning);
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
          this.#arriving();
        } else if (name === "dropped") {
          this.dropped.push(data);
          this.#arriving();
        } else if (name === "done") {
          this.#finish(data);
        }
      }
    } catch (error) {
      // Asked again meanwhile, it shows what comes of that.
      if (this.signal === signal) {
        this.#broken(error);
      }
    } finally {
      if (this.signal === signal) {
        this.clock.stop();
      }
    }
  }

  /** Shows what was kept: an answer that was given before, or what was verified of one. @param {any} answer an Answer, or Unfinished */
  restore(answer) {
    this.#clear();
    this.#understand(answer);
    this.text.element.removeAttribute("aria-live");
    const cited = new Map(answer.citations.map((one) => [one.number, one]));
    for (const sentence of answer.sentences) {
      const brought = sentence.citations.map((number) => cited.get(number)).filter(Boolean);
      this.#add(sentence, brought);
    }
    if (answer.ended) {
      this.dropped = answer.dropped;
      this.#unfinished(answer.ended);
      return;
    }
    this.#finish(answer, false);
    standing(answer).then((note) => note && this.answer === answer && this.text.element.before(note));
  }

  #clear() {
    this.progress.classList.remove("searched");
    this.answer = null;
    this.understood = this.asked.question;
    this.recognised = NOTHING;
    this.sentences = [];
    this.citations = [];
    this.dropped = [];
    this.ended = null;
    this.tools = null;
    this.text = new AnswerText();
    this.chips = element("div", { class: "understood" });
    this.body.replaceChildren(this.chips, this.text.element);
  }

  /** @param {{understood_as: string, recognised: any}} understood */
  #understand({ understood_as: understood, recognised }) {
    this.understood = understood;
    this.recognised = { ...NOTHING, ...recognised };
    const folded = (text) => text.trim().replace(/\s+/g, " ");
    if (folded(understood) !== folded(this.asked.question)) {
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
    const left = answer.dropped.length ? [leftOut(answer.dropped)] : [];
    if (answer.abstention) {
      const tools = answer.searched.transcripts ? [this.#tools()] : [];
      const search = searchAddress(this.understood, together(this.asked.filters, this.recognised));
      this.body.append(noAnswer(answer.abstention, [...this.#wider(), ...tools], search), ...left);
    } else {
      const notes = (answer.notes ?? []).map((one) => element("p", { class: "note" }, harmless(one)));
      this.body.append(...notes, ...this.#taken(), ...left, searched(answer));
    }
    this.#say(inShort(answer));
    this.progress.classList.toggle("searched", Boolean(answer.abstention && answer.searched.transcripts));
    if (aloud) {
      tell(answer.abstention ? `No answer in the record. ${answer.abstention.message}` : inShort(answer));
    }
  }

  /** What comes after that is nobody's any more. @param {"left" | "stopped"} how */
  leave(how) {
    this.signal = null;
    this.clock.stop();
    if (!this.answer) {
      this.#unfinished({ how, message: "" });
    }
  }

  #broken(error) {
    if (error.name === "AbortError") {
      this.#unfinished({ how: "stopped", message: "" });
      tell("Stopped.");
    } else if (error instanceof Refusal) {
      const { message, status, retryAfter } = error;
      this.#unfinished({ how: "failed", message, status, retryAfter });
    } else {
      throw error;
    }
  }

  /** @param {import("./outcome.js").Ending} ended */
  #unfinished(ended) {
    this.ended = ended;
    const verified = this.sentences.length;
    this.body.append(unfinished(ended, verified));
    if (verified) {
      this.body.append(...this.#taken());
    }
    if (this.dropped.length) {
      this.body.append(leftOut(this.dropped));
    }
    const again = button("Ask again", () => this.again(this.asked), "button");
    this.body.append(element("p", { class: "again no-print" }, again));
    this.#say(verified ? `${several(verified, "sentence")} verified, not whole` : "No answer");
  }

  /** The ways to take it along, and its sources. */
  #taken() {
    return [this.#tools(), sources(this.citations, this.text.quotesOnly)];
  }

  #tools() {
    const { understood: question, sentences, citations, answer } = this;
    this.tools = new Tools({ question, sentences, citations, answer });
    return this.tools.element;
  }

  #arriving() {
    const left = this.dropped.length ? `, ${this.dropped.length} left out` : "";
    this.#say(`${several(this.sentences.length, "sentence")} verified${left}, still reading …`);
  }

  /** @param {string} words */
  #say(words) {
    this.progress.textContent = words;
  }
}

/** What an answer is made of; where there is none, how much was searched. @param {any} answer */
function inShort(answer) {
  if (answer.abstention) {
    return answer.searched.transcripts ? howSearched(answer) : "";
  }
  const from = new Set(answer.citations.map((one) => one.transcript_id)).size;
  const what = answer.sentences.every((one) => one.kind === "quote") ? "quote" : "sentence";
  return `${several(answer.sentences.length, what)} from ${several(from, "transcript")}`;
}
