// The card that shows a citation where its mark is pointed at, focused or touched.

import { asked, marked, original, place, recording, speaker, when, where } from "./citation.js";
import { element } from "./element.js";
import { harmless } from "./wording.js";

const WAIT = 120;
const LEAVE = 220;
const EDGE = 8;

const FIRST = 4;
const LAST = 3;

/** What is said before and after a quote that stands before the reader: the quote itself only by how it begins and ends. */
function inContext({ asked: question, before, quote, after }) {
  const words = harmless(quote).split(/\s+/);
  const brief = words.length > FIRST + LAST + 2 ? [...words.slice(0, FIRST), "…", ...words.slice(-LAST)] : words;
  const around = (text) => element("span", { class: "around" }, harmless(text));
  return element(
    "blockquote",
    { class: "record", dir: "auto" },
    ...(before ? [around(before), " "] : []),
    element("span", { class: "quoted" }, brief.join(" ")),
    ...(after ? [" ", around(after)] : []),
    question || before || after ? null : element("span", { class: "small faint" }, " Nothing else is said in this turn."),
  );
}

/** One card for all marks under `root`. */
export class Card {
  #mark = null;
  #timer = 0;
  #touched = false;

  /** @param {HTMLElement} card @param {HTMLElement} root */
  constructor(card, root) {
    this.card = card;
    root.addEventListener("pointerover", (event) => this.#pointed(event));
    root.addEventListener("pointerout", (event) => this.#left(event));
    root.addEventListener("focusin", (event) => this.#focused(event));
    root.addEventListener("focusout", (event) => this.#blurred(event));
    root.addEventListener("click", (event) => this.#clicked(event), true);
    root.addEventListener("pointerdown", (event) => {
      this.#touched = event.pointerType === "touch";
      if (this.#touched && this.#mark && !event.target.closest(".mark")) {
        this.hide();
      }
    });
    card.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    card.addEventListener("pointerleave", () => this.#later(() => this.hide(), LEAVE));
    addEventListener("scroll", () => this.#place(), { passive: true, capture: true });
    addEventListener("resize", () => this.hide());
  }

  /** Whether it is shown. */
  get shown() {
    return this.#mark !== null;
  }

  hide() {
    clearTimeout(this.#timer);
    this.#mark?.removeAttribute("aria-describedby");
    this.#mark = null;
    this.card.hidden = true;
  }

  /** @param {Element} mark */
  show(mark) {
    clearTimeout(this.#timer);
    const known = marked.get(mark);
    if (!known || mark === this.#mark) {
      return;
    }
    const { citation, read } = known;
    this.hide();
    this.#mark = mark;
    const [plays, from] = [recording(citation), original(citation)];
    const reads = this.#touched ? element("a", { href: place(citation) }, "Read it in the transcript") : null;
    const ways = element("p", { class: "card-ways" }, reads, plays, from);
    ways.hidden = !ways.childElementCount;
    const content = [
      element("p", { class: "card-who" }, speaker(citation), element("span", { class: "middot" }), when(citation)),
      asked(citation),
      read ? inContext(citation) : element("blockquote", { class: "record", dir: "auto" }, harmless(citation.quote)),
      element("p", { class: "card-where" }, element("bdi", {}, harmless(where(citation)))),
      ways,
    ];
    this.card.replaceChildren(...content.filter(Boolean));
    this.card.hidden = false;
    mark.setAttribute("aria-describedby", this.card.id);
    this.#place();
  }

  #pointed(event) {
    const mark = event.pointerType === "touch" ? null : event.target.closest(".mark");
    if (mark) {
      this.#touched = false;
      this.#later(() => this.show(mark), this.shown ? 0 : WAIT);
    }
  }

  #left(event) {
    if (event.pointerType !== "touch" && event.target.closest(".mark")) {
      this.#later(() => this.hide(), LEAVE);
    }
  }

  #focused(event) {
    const mark = event.target.closest(".mark");
    if (mark?.matches(":focus-visible")) {
      this.show(mark);
    }
  }

  #blurred(event) {
    if (event.target === this.#mark && !this.#touched) {
      this.hide();
    }
  }

  /** A touch shows the card first; a second one, or the link in it, opens the place. */
  #clicked(event) {
    const mark = event.target.closest(".mark");
    if (mark && this.#touched && mark !== this.#mark) {
      event.preventDefault();
      event.stopPropagation();
      this.show(mark);
    } else if (mark) {
      this.hide();
    }
  }

  #later(act, wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, wait);
  }

  /** Above the mark where there is room, else below; within the window. */
  #place() {
    if (!this.#mark) {
      return;
    }
    const box = this.#mark.getBoundingClientRect();
    if (!this.#mark.isConnected || box.bottom < 0 || box.top > innerHeight) {
      this.hide();
      return;
    }
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const header = document.querySelector(".masthead").offsetHeight;
    const above = box.top - height - EDGE;
    const top = above >= header + EDGE ? above : Math.min(box.bottom + EDGE, innerHeight - height - EDGE);
    const room = document.documentElement.clientWidth - width - EDGE;
    this.card.style.top = `${Math.max(EDGE, top)}px`;
    this.card.style.left = `${Math.max(EDGE, Math.min(box.left - 24, room))}px`;
  }
}
