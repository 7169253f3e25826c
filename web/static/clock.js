// The seconds that an answer has taken so far, from the third on: a slow model is seen to be at work.

import { element } from "./element.js";

const QUIET = 3;

export class Clock {
  #timer = 0;

  constructor() {
    this.element = element("span", { class: "clock", "aria-hidden": "true" });
  }

  start() {
    this.stop();
    const begun = performance.now();
    this.#timer = setInterval(() => {
      const seconds = Math.round((performance.now() - begun) / 1000);
      this.element.textContent = seconds < QUIET ? "" : `${seconds} s`;
    }, 1000);
  }

  stop() {
    clearInterval(this.#timer);
    this.element.textContent = "";
  }
}
