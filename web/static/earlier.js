// Earlier conversations: kept in this browser alone, bounded, and forgotten when one says so.

import { button, element } from "./element.js";
import { day, harmless } from "./wording.js";

const KEY = "onrecord.earlier";
const MOST = 50;
const MOST_CHARACTERS = 2_000_000;

/** @typedef {{id: string, at: string, answers: any[]}} Kept `answers` may hold one that is not whole: Unfinished */

/** What is kept, the newest first. */
export class Earlier {
  /** @param {HTMLElement} section @param {(kept: Kept) => void} open */
  constructor(section, open) {
    this.section = section;
    this.list = section.querySelector("ul");
    this.open = open;
    section.querySelector("#forget-all").addEventListener("click", () => this.#write([]));
    addEventListener("storage", (event) => {
      if (event.key === KEY) {
        this.show();
      }
    });
    this.show();
  }

  /** @returns {Kept[]} */
  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => one?.id && Array.isArray(one.answers) && one.answers.length) : [];
    } catch {
      return [];
    }
  }

  /** @param {string} id */
  find(id) {
    return this.all().find((one) => one.id === id);
  }

  /** Keeps the conversation as it is now, in place of what was kept of it. @param {{id: string, answers: any[]}} conversation */
  keep({ id, answers }) {
    if (answers.length) {
      this.#write([{ id, at: new Date().toISOString(), answers }, ...this.all().filter((one) => one.id !== id)]);
    }
  }

  /** Forgets one; whoever pressed its button stands at the next. @param {string} id */
  forget(id) {
    const kept = this.all();
    const at = kept.findIndex((one) => one.id === id);
    const pressed = this.list.contains(document.activeElement);
    this.#write(kept.filter((one) => one.id !== id));
    if (pressed) {
      const rows = this.list.querySelectorAll(".earlier-question");
      (rows[Math.min(at, rows.length - 1)] ?? document.getElementById("question")).focus();
    }
  }

  /** @param {string | null} [current] the id of the one that is open */
  show(current = this.current) {
    this.current = current;
    const kept = this.all();
    this.section.hidden = kept.length === 0;
    this.list.replaceChildren(...kept.map((one) => this.#row(one)));
  }

  /** The oldest go where there are too many, or too much for the browser. @param {Kept[]} kept */
  #write(kept) {
    let left = kept.slice(0, MOST);
    for (;;) {
      const written = JSON.stringify(left);
      try {
        if (written.length <= MOST_CHARACTERS || left.length <= 1) {
          if (left.length) {
            localStorage.setItem(KEY, written);
          } else {
            localStorage.removeItem(KEY);
          }
          break;
        }
      } catch {
        if (!left.length) {
          break;
        }
      }
      left = left.slice(0, -1);
    }
    this.show();
  }

  /** @param {Kept} kept */
  #row(kept) {
    const question = kept.answers[0].question;
    const more = kept.answers.length - 1;
    const whole = kept.answers.every((one) => !one.ended);
    const opens = button(harmless(question), () => this.open(kept), "earlier-question");
    opens.dir = "auto";
    if (kept.id === this.current) {
      opens.setAttribute("aria-current", "true");
    }
    const forget = button("Forget", () => this.forget(kept.id));
    forget.setAttribute("aria-label", `Forget: ${question}`);
    return element(
      "li",
      {},
      opens,
      element("p", { class: "small faint figures" }, day(kept.at.slice(0, 10)), more ? `, ${more} more asked after` : "", whole ? "" : ", not whole", " ", forget),
    );
  }
}
