// Quoting: words selected in a transcript, copied with who said them, when and where.

import { copied } from "./copying.js";
import { pointOf } from "./offsets.js";

/** The selected words of the transcript, turn by turn. @param {HTMLElement} root @returns {{start: number, end: number, parts: {who: string, text: string}[]} | null} */
export function selected(root) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) {
    return null;
  }
  const range = selection.getRangeAt(0);
  const parts = [];
  let start = null;
  let end = null;
  for (const words of root.querySelectorAll(".words")) {
    if (!range.intersectsNode(words)) {
      continue;
    }
    const inside = document.createRange();
    inside.selectNodeContents(words);
    if (words.contains(range.startContainer)) {
      inside.setStart(range.startContainer, range.startOffset);
    }
    if (words.contains(range.endContainer)) {
      inside.setEnd(range.endContainer, range.endOffset);
    }
    const text = inside.toString();
    if (!text.trim()) {
      continue;
    }
    const blankBefore = text.length - text.trimStart().length;
    const blankAfter = text.length - text.trimEnd().length;
    start ??= pointOf(inside.startContainer, inside.startOffset).point + blankBefore;
    end = pointOf(inside.endContainer, inside.endOffset).point - blankAfter;
    parts.push({ who: voice(words), text: text.trim() });
  }
  return parts.length ? { start, end, parts } : null;
}

/** The quote with its attribution, as plain text. @param {{parts: {who: string, text: string}[]}} quote @param {string} title @param {string} day @param {string[]} addresses */
export function attributed(quote, title, day, addresses) {
  const said = quote.parts.map(({ who, text }) => `“${text}”\n— ${who}`).join("\n\n");
  return `${said}, ${[title, day].filter(Boolean).join(", ")}\n${addresses.join("\n")}`;
}

/** The speaker of the turn that `words` belong to, with the name behind the label. @param {HTMLElement} words */
function voice(words) {
  const turn = words.closest(".turn");
  const label = turn.querySelector(".speaker").textContent.trim();
  const name = turn.querySelector(".name")?.textContent.trim();
  return name ? `${name} (${label})` : label;
}

/** A toolbar beside the selection that copies it. */
export class Quoting {
  /** @param {HTMLElement} root @param {HTMLElement} toolbar @param {(text: string) => void} tell */
  constructor(root, toolbar, tell) {
    this.root = root;
    this.toolbar = toolbar;
    this.tell = tell;
    document.addEventListener("selectionchange", () => this.#place());
    addEventListener("scroll", () => this.#place(), { passive: true });
    toolbar.addEventListener("pointerdown", (event) => event.preventDefault());
    toolbar.addEventListener("click", (event) => {
      const what = event.target.closest("button")?.dataset.copy;
      if (what) {
        this.#copy(what);
      }
    });
  }

  #place() {
    if (this.toolbar.contains(document.activeElement)) {
      return;
    }
    const quote = selected(this.root);
    this.toolbar.hidden = !quote;
    if (!quote) {
      return;
    }
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.toolbar;
    const above = box.top - height - 8;
    const header = 64;
    const top = above > header ? above : Math.min(box.bottom + 8, innerHeight - height - 8);
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    this.toolbar.style.top = `${Math.max(header, top)}px`;
    this.toolbar.style.left = `${left}px`;
  }

  async #copy(what) {
    const quote = selected(this.root);
    if (!quote) {
      return;
    }
    const { transcript, title, day } = this.root.dataset;
    const address = `${location.origin}/transcripts/${transcript}#c${quote.start}-${quote.end}`;
    const original = this.root.querySelector(".original")?.getAttribute("href");
    const addresses = original ? [address, `Original: ${original}`] : [address];
    if (await copied(what === "link" ? address : attributed(quote, title, day, addresses))) {
      this.tell(what === "link" ? "The link is copied." : "The quote is copied, with who said it, when and where.");
      this.#done(what);
    } else {
      this.tell("The browser does not allow copying here; copy the selection itself.");
    }
  }

  #done(what) {
    const button = this.toolbar.querySelector(`[data-copy="${what}"]`);
    const word = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = word;
    }, 1500);
  }
}
