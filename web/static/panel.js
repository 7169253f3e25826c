// The transcript beside the answer, on a window wide enough; on a small one the link opens its page.

import { element } from "./element.js";
import { getText, Refusal } from "./http.js";
import { placesIn } from "./places.js";
import { sheet } from "./sheet.js";

const WIDE = matchMedia("(min-width: 64rem)");

export class Panel {
  #from = null;
  #loading = null;

  /** @param {HTMLElement} panel @param {HTMLElement} root where links to places stand */
  constructor(panel, root) {
    this.panel = panel;
    this.body = panel.querySelector("#panel-body");
    this.page = panel.querySelector("#panel-page");
    panel.querySelector("#panel-close").addEventListener("click", () => this.close());
    root.addEventListener("click", (event) => {
      const link = event.target.closest("a.mark, a.to-place");
      if (link && WIDE.matches && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        this.show(link);
      }
    });
    WIDE.addEventListener("change", () => WIDE.matches || this.close());
  }

  get shown() {
    return !this.panel.hidden;
  }

  /** Opens the place that `link` leads to. @param {HTMLAnchorElement} link */
  async show(link) {
    const found = /^\/transcripts\/[^/#]+/.exec(link.getAttribute("href"));
    const marked = new URLSearchParams(placesIn(link.hash).flatMap(({ start, end }) => [["start", start], ["end", end]]));
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#from?.classList.remove("open");
    this.#from = link;
    link.classList.add("open");
    this.page.href = link.href;
    await Promise.all(["panel.css", "transcript.css"].map(sheet));
    if (loading.signal.aborted) {
      return;
    }
    this.panel.hidden = false;
    this.panel.closest(".desk").classList.add("reading");
    this.body.setAttribute("aria-busy", "true");
    try {
      this.#fill(await getText(`${found[0]}/reading?${marked}`, { signal: loading.signal }));
    } catch (error) {
      if (error instanceof Refusal) {
        const why = error.status === 404 ? "This transcript is not in the archive any more." : error.message;
        this.body.replaceChildren(element("p", { class: "note bad" }, element("strong", {}, "Not shown. "), why));
      } else if (error.name !== "AbortError") {
        throw error;
      }
    } finally {
      this.body.removeAttribute("aria-busy");
    }
    if (!loading.signal.aborted) {
      this.panel.querySelector("#panel-title").focus({ preventScroll: true });
    }
  }

  close() {
    if (!this.shown) {
      return;
    }
    this.#loading?.abort();
    this.panel.hidden = true;
    this.panel.closest(".desk").classList.remove("reading");
    this.body.replaceChildren();
    this.#from?.classList.remove("open");
    this.#from?.focus({ preventScroll: true });
    this.#from = null;
  }

  /** The server's own page, without the layout: its text is escaped there, and parsing runs no script. @param {string} html */
  #fill(html) {
    const made = new DOMParser().parseFromString(html, "text/html");
    this.body.replaceChildren(...[...made.body.childNodes].map((node) => document.importNode(node, true)));
    const cited = this.body.querySelector("mark.cited");
    if (cited) {
      const middle = cited.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
      this.body.scrollTop += middle - this.body.clientHeight / 3;
    } else {
      this.body.scrollTop = 0;
    }
  }
}
