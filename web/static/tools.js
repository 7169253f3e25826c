// The ways to take an answer along, and what came of them.

import { asMarkdown, asText, copied, save, shared } from "./copying.js";
import { button, element, tell } from "./element.js";
import { Refusal } from "./http.js";

export class Tools {
  /** @param {import("./copying.js").Said} said */
  constructor(said) {
    const { answer } = said;
    this.said = said;
    this.note = element("span", { class: "tools-note small" });
    this.element = element(
      "div",
      { class: "tools no-print", role: "group", "aria-label": "Take the answer along" },
      button("Copy", () => this.copy()),
      button("Copy as Markdown", () => this.#copy(asMarkdown(said))),
      answer && button("Save as JSON", () => save(answer)),
      answer && button("Share", () => this.#share(answer)),
      this.note,
    );
  }

  /** Copies the answer with its sources, as text. */
  copy() {
    return this.#copy(asText(this.said));
  }

  async #copy(text) {
    this.#tell((await copied(text)) ? this.said.citations.length ? "Copied, with its sources." : "Copied, with how much was searched." : "The browser does not allow copying here.");
  }

  async #share(answer) {
    try {
      const address = await shared(answer);
      const done = await copied(address);
      this.#tell(done ? "Address copied: " : "Address: ", element("a", { href: address }, address));
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.#tell(error.message);
    }
  }

  #tell(...words) {
    this.note.replaceChildren(...words);
    tell(this.note.textContent);
  }
}
