// The answer's text, sentence by sentence: the record's words as quotes with who said them, a model's as prose.

import { joint, marks, sameVoice, speaker, when } from "./citation.js";
import { element } from "./element.js";
import { harmless } from "./wording.js";

/** @typedef {import("./citation.js").Citation} Citation */
/** @typedef {{text: string, citations: number[], kind: "quote" | "statement" | "reported"}} Sentence */

/** What is shown of an answer's sentences. It only ever grows at its end. */
export class AnswerText {
  /** @type {Map<number, Citation>} */
  #cited = new Map();
  #paragraph = null;
  #last = null;

  constructor() {
    /** Whether all of it stands as quotes under who says them. */
    this.quotesOnly = true;
    this.element = element("div", { class: "answer", "aria-live": "polite", "aria-relevant": "additions" });
  }

  /** @param {Sentence} sentence @param {Citation[]} citations those it brings */
  add(sentence, citations) {
    for (const citation of citations) {
      this.#cited.set(citation.number, citation);
    }
    const cited = sentence.citations.map((number) => this.#cited.get(number)).filter(Boolean);
    if (sentence.kind === "quote" && cited.length === 1 && cited[0].quote === sentence.text) {
      this.#quote(cited[0]);
    } else {
      this.#prose(sentence, cited);
    }
  }

  /** The record's own words, under who says them; those of one voice are run together where they stand together. */
  #quote(citation) {
    const said = element("span", { class: "said" }, harmless(citation.quote));
    const goesOn = this.#last && sameVoice(this.#last, citation);
    const how = goesOn ? joint(this.#last, citation) : "anew";
    if (how === "anew") {
      this.#paragraph = element("blockquote", { dir: "auto" }, said, marks([citation], true));
    } else {
      const left = how === "omission" ? [" ", element("span", { class: "omission" }, "[…]")] : [];
      this.#paragraph.append(...left, " ", said, marks([citation], true));
    }
    if (!goesOn) {
      const head = element("figcaption", {}, speaker(citation), element("span", { class: "middot" }), when(citation));
      this.element.append(element("figure", { class: "quote" }, head));
    }
    if (how === "anew") {
      this.element.lastElementChild.append(this.#paragraph);
    }
    this.#last = citation;
  }

  #prose(sentence, cited) {
    this.quotesOnly = false;
    if (this.#last || !this.#paragraph) {
      this.#paragraph = element("p", { class: "prose", dir: "auto" });
      this.element.append(this.#paragraph);
      this.#last = null;
    } else {
      this.#paragraph.append(" ");
    }
    this.#paragraph.append(element("span", { class: "said" }, harmless(sentence.text)), marks(cited));
    if (sentence.kind === "reported") {
      this.#paragraph.append(
        element("span", { class: "reported", title: "Somebody’s account of what another said" }, " reported"),
      );
    }
  }
}
