// The sources of an answer, as numbered notes: the quote, what stands around it, who, when and where.

import { place, recording, speaker, when, where } from "./citation.js";
import { button, element } from "./element.js";
import { harmless } from "./wording.js";

/** @typedef {import("./citation.js").Citation} Citation */

/** The notes under an answer. @param {Citation[]} citations @param {string} title @returns {HTMLElement} */
export function sources(citations, title) {
  const list = element("ol", { class: "ruled notes" });
  for (const citation of citations) {
    list.append(note(citation, element("span", { class: "note-number figures" }, String(citation.number))));
  }
  const head = element("div", { class: "notes-head" }, element("h3", { class: "kicker" }, title));
  if (citations.some((citation) => citation.before || citation.after)) {
    head.append(around(list));
  }
  return element("section", { class: "sources" }, head, list);
}

/** The passages that come nearest where there is no answer. @param {Citation[]} citations @returns {HTMLElement} */
export function nearest(citations) {
  const list = element("ul", { class: "ruled notes" });
  for (const citation of citations) {
    list.append(note(citation, null));
  }
  return element(
    "section",
    { class: "sources nearest" },
    element("h3", { class: "kicker" }, "Nearest in the record, and no answer"),
    list,
  );
}

/** A switch that shows the sentences before and after each quote. @param {HTMLElement} list */
function around(list) {
  const turn = button("Show what stands around", () => {
    const shown = list.classList.toggle("with-context");
    turn.setAttribute("aria-pressed", String(shown));
    turn.textContent = shown ? "Hide what stands around" : "Show what stands around";
  });
  turn.setAttribute("aria-pressed", "false");
  turn.classList.add("no-print");
  return turn;
}

/** @param {Citation} citation @param {HTMLElement | null} number */
function note(citation, number) {
  return element(
    "li",
    {},
    number,
    element(
      "div",
      { class: "note-body" },
      element(
        "blockquote",
        { class: "record", dir: "auto" },
        citation.before ? element("span", { class: "around" }, harmless(citation.before), " ") : null,
        element("span", { class: "quoted" }, harmless(citation.quote)),
        citation.after ? element("span", { class: "around" }, " ", harmless(citation.after)) : null,
      ),
      element(
        "p",
        { class: "attribution" },
        speaker(citation),
        element("span", { class: "middot" }),
        when(citation),
        element("span", { class: "middot" }),
        element("a", { class: "to-place", href: place(citation), dir: "auto" }, harmless(where(citation))),
        recording(citation) ? element("span", { class: "middot" }) : null,
        recording(citation),
      ),
    ),
  );
}
