// Finding words within one transcript: every place is counted and painted, one of them is where one is.

import { rangeIn } from "./offsets.js";
import { count } from "./wording.js";
import { show } from "./places.js";

const MOST = 5_000;
const QUOTES = "[\"“”„«»]";
const APOSTROPHES = "['‘’]";
const DASHES = "[-‐‑–—]";

/** What finds `words` as written, in any case, with any quotation marks, dashes and white space. @param {string} words */
export function pattern(words) {
  const source = words
    .trim()
    .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    .replace(/["“”„«»]/g, QUOTES)
    .replace(/['‘’]/g, APOSTROPHES)
    .replace(/[-‐‑–—]/g, DASHES)
    .replace(/\s+/g, "\\s+");
  return source ? new RegExp(source, "giu") : null;
}

/** Finding in the turns under `root` by the form `form`. */
export class Finding {
  /** @param {HTMLElement} root @param {HTMLFormElement} form */
  constructor(root, form) {
    this.root = root;
    this.field = form.elements.q;
    this.status = form.querySelector(".found");
    this.steps = form.querySelector(".steps");
    this.places = [];
    this.at = -1;
    this.sought = "";
    this.field.addEventListener("input", () => this.#find());
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.steps.addEventListener("click", (event) => {
      const step = event.target.closest("button")?.dataset.step;
      if (step) {
        this.step(Number(step));
      }
    });
  }

  /** Goes to the next place, or the one before. @param {number} by */
  step(by) {
    if (!this.places.length) {
      return;
    }
    this.at = (this.at + by + this.places.length) % this.places.length;
    this.#paint();
    const { words, from, to } = this.places[this.at];
    const range = rangeIn(words, from, to);
    show(words);
    requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(range)));
    this.#tell();
  }

  #pressed(event) {
    if (event.key === "Enter" && this.places.length) {
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && this.field.value) {
      event.preventDefault();
      this.field.value = "";
      this.#find();
    }
  }

  #find() {
    const wanted = pattern(this.field.value);
    this.places = [];
    this.at = -1;
    if (wanted && this.field.value.trim().length > 1) {
      for (const words of this.root.querySelectorAll(".words")) {
        for (const found of words.textContent.matchAll(wanted)) {
          this.places.push({ words, from: found.index, to: found.index + found[0].length });
        }
        if (this.places.length >= MOST) {
          break;
        }
      }
    }
    this.#paint();
    this.#tell();
  }

  #paint() {
    if (!globalThis.CSS?.highlights) {
      this.#select();
      return;
    }
    const ranges = this.places.map(({ words, from, to }) => rangeIn(words, from, to));
    CSS.highlights.set("found", new Highlight(...ranges));
    const here = new Highlight(...(this.at < 0 ? [] : [ranges[this.at]]));
    here.priority = 1;
    CSS.highlights.set("found-here", here);
  }

  /** Where a browser can't paint many places, the one at hand is selected. */
  #select() {
    if (this.at >= 0) {
      const { words, from, to } = this.places[this.at];
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(rangeIn(words, from, to));
    }
  }

  #tell() {
    const many = this.places.length;
    const sought = this.field.value.trim().length > 1;
    const all = many >= MOST ? `${count(MOST)} and more` : count(many);
    this.status.textContent = !sought ? "" : !many ? "Not found" : this.at < 0 ? all : `${count(this.at + 1)} of ${all}`;
    this.steps.hidden = !many;
  }
}

/** Brings a range of a long turn into view. @param {Range} range */
function scrollTo(range) {
  const box = range.getBoundingClientRect();
  if (box.top < 120 || box.bottom > innerHeight - 40) {
    scrollBy({ top: box.top - innerHeight / 2, behavior: "instant" });
  }
}
