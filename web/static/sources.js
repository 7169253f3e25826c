// The sources of an answer, as numbered notes: the quote, what stands around it, who, when and where.

import { asked, joint, original, places, recording, sameVoice, speaker, when, where } from "./citation.js";
import { button, element } from "./element.js";
import { harmless } from "./wording.js";

/** @typedef {import("./citation.js").Citation} Citation */

/**
 * The notes under an answer. Where the answer is the quotes themselves, a note says only where they stand, until one
 * asks for what is around them.
 * @param {Citation[]} citations @param {boolean} quoted @returns {HTMLElement}
 */
export function sources(citations, quoted) {
  const list = element("ol", { class: quoted ? "ruled notes terse" : "ruled notes" });
  for (const together of quoted ? byPlace(citations) : citations.map((one) => [one])) {
    list.append(note(together, true));
  }
  const head = element("div", { class: "notes-head" }, element("h3", { class: "kicker" }, "Sources"));
  if (citations.some((citation) => citation.before || citation.after || citation.asked)) {
    head.append(contextSwitch(list));
  }
  return element("section", { class: "sources" }, head, list);
}

/** The passages that come nearest where there is no answer. @param {Citation[]} citations @returns {HTMLElement} */
export function nearest(citations) {
  return element(
    "section",
    { class: "sources nearest" },
    element("h3", { class: "kicker" }, "Nearest in the record, but no answer"),
    element("ul", { class: "ruled notes" }, ...citations.map((citation) => note([citation], false))),
  );
}

/** What one voice says in one transcript, one after another, is one note. @param {Citation[]} citations @returns {Citation[][]} */
function byPlace(citations) {
  const notes = [];
  for (const citation of citations) {
    const last = notes.at(-1);
    if (last && sameVoice(last[0], citation) && last[0].start === null) {
      last.push(citation);
    } else {
      notes.push([citation]);
    }
  }
  return notes;
}

/** A switch that shows each quote with the sentences before and after it. @param {HTMLElement} list */
function contextSwitch(list) {
  const turn = button("Show in context", () => {
    turn.setAttribute("aria-pressed", String(list.classList.toggle("with-context")));
  });
  turn.setAttribute("aria-pressed", "false");
  turn.classList.add("no-print", "switch");
  return turn;
}

/** @param {Citation[]} citations of one voice in one transcript @param {boolean} numbered */
function note(citations, numbered) {
  const [first] = citations;
  const ways = [recording(first), original(first)].filter(Boolean);
  return element(
    "li",
    {},
    numbered ? element("span", { class: "note-number figures" }, citations.map((one) => one.number).join(", ")) : null,
    element(
      "div",
      { class: "note-body" },
      ...quotes(citations),
      element(
        "p",
        { class: "attribution" },
        speaker(first),
        element("span", { class: "middot" }),
        when(first),
        element("span", { class: "middot" }),
        element("a", { class: "to-place", href: places(citations), dir: "auto" }, harmless(where(first))),
        ...ways.flatMap((way) => [element("span", { class: "middot" }), way]),
      ),
    ),
  );
}

/** Each quote between its neighbours; a sentence that stands between two of them stands there once. @param {Citation[]} citations */
function quotes(citations) {
  const made = [];
  citations.forEach((citation, index) => {
    const { before, quote, after } = citation;
    const last = citations[index - 1];
    const next = citations[index + 1];
    const goesOn = last && joint(last, citation) !== "anew";
    if (!goesOn) {
      const question = asked(citation);
      made.push(...(question ? [question] : []), element("blockquote", { class: "record", dir: "auto" }));
    }
    made.at(-1).append(
      ...(before && !goesOn ? [element("span", { class: "around" }, harmless(before), " ")] : []),
      element("span", { class: "quoted" }, harmless(quote)),
      ...(after && !(next && joint(citation, next) === "on") ? [element("span", { class: "around" }, " ", harmless(after))] : []),
      ...(next ? [" "] : []),
    );
  });
  return made;
}
