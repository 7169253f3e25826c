// What the archive holds, as its page shows it: made anew while files come in.

import { getText, Refusal } from "./http.js";

const PARTS = ["#figures", ".narrowing", ".listing"];
const REST = 1_000;

/** The figures and the list of the page. */
export class Held {
  #working = false;
  #again = false;

  /** Asks the server for the page as it is now, at most once at a time. */
  async refresh() {
    this.#again = true;
    if (this.#working) {
      return;
    }
    this.#working = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#show(await getText(location.pathname + location.search));
        await new Promise((resolve) => setTimeout(resolve, REST));
      }
    } catch (error) {
      // What is shown stays as it was; the next file that comes in tries again.
      if (!(error instanceof Refusal)) {
        throw error;
      }
    } finally {
      this.#working = false;
    }
  }

  /** What has the focus is left alone, and what is open stays open. @param {string} html the server's own page, which escaped what it holds */
  #show(html) {
    const made = new DOMParser().parseFromString(html, "text/html");
    const wasEmpty = !document.querySelector(".listing");
    for (const part of wasEmpty ? ["#figures", "#nothing", "#held"] : PARTS) {
      const [old, now] = [document.querySelector(part), made.querySelector(part)];
      if (old && !old.contains(document.activeElement)) {
        old.replaceWith(...(now ? [opened(document.importNode(now, true), old)] : []));
      }
    }
  }
}

/** @param {Element} now @param {Element} old */
function opened(now, old) {
  const before = new Map(disclosures(old).map((one) => [title(one), one.open]));
  for (const one of disclosures(now)) {
    one.open = before.get(title(one)) ?? one.open;
  }
  return now;
}

/** @param {Element} part @returns {HTMLDetailsElement[]} */
function disclosures(part) {
  return [...(part.matches("details") ? [part] : []), ...part.querySelectorAll("details")];
}

/** How a disclosure is called, without the number in it. @param {HTMLDetailsElement} one */
function title(one) {
  return one.querySelector("summary").firstChild.textContent.trim();
}
