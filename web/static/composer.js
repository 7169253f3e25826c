// The field in which one asks: it grows with the question, Enter sends, and its button stops what is arriving.

import { tell } from "./element.js";
import { count } from "./wording.js";

/** The question and how it is to be answered. */
export class Composer {
  #busy = false;

  /**
   * @param {HTMLFormElement} form
   * @param {{ask: (question: string) => void, stop: () => void}} acts
   */
  constructor(form, acts) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.button = form.querySelector("#ask");
    this.model = form.querySelector("#model");
    this.style = form.querySelector("#style");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#busy) {
        acts.stop();
      } else {
        this.#send(acts.ask);
      }
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        if (this.#busy) {
          tell("The answer before is still arriving; Escape stops it.");
        } else {
          this.#send(acts.ask);
        }
      }
    });
    this.field.addEventListener("input", () => {
      this.field.setCustomValidity("");
      this.#grow();
    });
    this.model?.addEventListener("change", () => this.#offerStyles());
    this.#offerStyles();
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--composer", `${form.offsetHeight}px`);
    }).observe(form);
  }

  /** The model that is chosen; null is the default. @returns {string | null} */
  get chosenModel() {
    return this.model?.value ?? null;
  }

  /** The style that is chosen; null is the model's own. @returns {"quotes" | "prose" | null} */
  get chosenStyle() {
    return (this.chosenModel !== "extractive" && this.style?.value) || null;
  }

  /** @param {string} question */
  fill(question) {
    this.field.value = question;
    this.field.setCustomValidity("");
    this.#grow();
    if (matchMedia("(pointer: fine)").matches) {
      this.field.focus();
    }
  }

  /** While an answer arrives the button stops it. @param {boolean} busy */
  set busy(busy) {
    this.#busy = busy;
    this.button.textContent = busy ? "Stop" : "Ask";
    this.button.classList.toggle("primary", !busy);
  }

  #send(ask) {
    const question = this.field.value.trim();
    if (!question) {
      this.field.focus();
      return;
    }
    // Cut by the field as it is pasted, a question would lose its end, where what is asked may stand.
    const [long, most] = [[...question].length, Number(this.field.dataset.most)];
    if (long > most) {
      this.field.setCustomValidity(`${count(long)} characters: a question has at most ${count(most)}.`);
      this.field.reportValidity();
      return;
    }
    this.field.value = "";
    this.#grow();
    ask(question);
  }

  #grow() {
    this.field.style.height = "auto";
    const edges = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + edges}px`;
  }

  /** The record alone has one style. */
  #offerStyles() {
    const choice = document.getElementById("style-choice");
    if (choice) {
      choice.hidden = this.chosenModel === "extractive";
    }
  }
}
