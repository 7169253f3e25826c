// A citation: who said it, when and where, in words; and the numbered mark that stands for it.

import { element } from "./element.js";
import { clock, day, harmless, webAddress } from "./wording.js";

/**
 * @typedef {object} Citation as the endpoint gives it
 * @property {number} number @property {string} transcript_id @property {string | null} title
 * @property {string | null} date @property {string | null} label @property {string | null} speaker
 * @property {string | null} name @property {string} quote @property {string} before @property {string} after
 * @property {number} start_char @property {number} end_char @property {number | null} start
 * @property {string} url @property {string | null} media_url
 * @property {{label: string | null, text: string} | null} [asked] the question before it, where it begins its turn
 * @property {string | null} [source] where the transcript comes from; answers kept by earlier versions lack it
 */

/** Who said it: the label as printed, and the name behind it. @param {Citation} citation */
export function who(citation) {
  const label = citation.label || "speaker not named";
  return citation.name && citation.name !== citation.label ? `${label} (${citation.name})` : label;
}

/** What it was said at. @param {Citation} citation */
export function where(citation) {
  return citation.title || citation.transcript_id;
}

/** Who, where, when, in one line of plain text. @param {Citation} citation */
export function attribution(citation) {
  const parts = [who(citation), where(citation), day(citation.date)];
  if (citation.start !== null) {
    parts.push(`at ${clock(citation.start)}`);
  }
  return parts.filter(Boolean).join(", ");
}

/** The place in the transcript, as an address on this server. @param {Citation} citation */
export function place(citation) {
  return places([citation]);
}

/** Several places in one transcript. @param {Citation[]} citations */
export function places(citations) {
  const stretches = citations.map((one) => `${one.start_char}-${one.end_char}`).join(",");
  return `/transcripts/${encodeURIComponent(citations[0].transcript_id)}#c${stretches}`;
}

/** Whether one voice says both in one transcript. @param {Citation} one @param {Citation} other */
export function sameVoice(one, other) {
  return one.transcript_id === other.transcript_id && one.label === other.label && one.name === other.name;
}

// Characters of white space between two sentences of a paragraph, at most.
const SPACE = 4;

/**
 * How a quote follows another of its voice: at once, with a sentence of the record left out, or apart from it.
 * Only neighbours in one turn are run together: elsewhere a question may lie between, or what comes second was said
 * first, and a mark of omission would make one statement of two. As web/pages/answers.py does.
 * @param {Citation} one @param {Citation} other @returns {"on" | "omission" | "anew"}
 */
export function joint(one, other) {
  const between = other.start_char - one.end_char;
  if (!one.after || between < 0) {
    return "anew";
  }
  if (between <= SPACE && other.quote.startsWith(one.after)) {
    return "on";
  }
  const skipped = [...one.after].length;
  return one.after === other.before && between <= skipped + 2 * SPACE ? "omission" : "anew";
}

/** The speaker as printed and the name behind the label. @param {Citation} citation */
export function speaker(citation) {
  const named = Boolean(citation.speaker);
  return element(
    "span",
    {},
    element("bdi", { class: named ? "speaker" : "speaker nobody" }, harmless(citation.label || "speaker not named")),
    citation.name && citation.name !== citation.label
      ? element("span", { class: "name" }, " ", element("bdi", {}, harmless(citation.name)))
      : null,
  );
}

/** Date and time code. @param {Citation} citation */
export function when(citation) {
  const made = element("span", { class: "when figures" });
  made.append(citation.date ? element("time", { datetime: citation.date }, day(citation.date)) : "undated");
  if (citation.start !== null) {
    made.append(element("span", { class: "middot" }), clock(citation.start));
  }
  return made;
}

/** The question that a quote follows, with who asked it; null where none goes before it. @param {Citation} citation */
export function asked({ asked: question }) {
  return question
    ? element(
        "p",
        { class: "asked record around", dir: "auto" },
        element("bdi", { class: "speaker" }, harmless(question.label || "speaker not named")),
        " ",
        harmless(question.text),
      )
    : null;
}

/** A link that plays the recording from there; null where there is none that a browser may follow. @param {Citation} citation */
export function recording(citation) {
  const address = webAddress(citation.media_url);
  if (!address) {
    return null;
  }
  const from = citation.start === null ? "" : ` from ${clock(citation.start)}`;
  return element(
    "a",
    { class: "play figures", href: address, target: "_blank", rel: "noopener noreferrer", "data-second": citation.start ?? 0 },
    element("span", { "aria-hidden": "true" }, "▸ "),
    `Play${from}`,
  );
}

/** A link to where the transcript comes from; null where there is none that a browser may follow. @param {Citation} citation */
export function original(citation) {
  const address = webAddress(citation.source);
  return (
    address &&
    element(
      "a",
      {
        class: "original",
        href: address,
        target: "_blank",
        rel: "noopener noreferrer",
        "aria-label": `Original: ${harmless(where(citation))}`,
      },
      "Original",
    )
  );
}

/** The citation that a mark stands for, and whether its quote is what is read before the mark. @type {WeakMap<Element, {citation: Citation, read: boolean}>} */
export const marked = new WeakMap();

/** The numbered marks of a sentence. @param {Citation[]} citations @param {boolean} [read] whether the sentence is the quote itself */
export function marks(citations, read = false) {
  const made = element("sup", { class: "marks" });
  for (const citation of citations) {
    const link = element(
      "a",
      {
        class: "mark",
        href: place(citation),
        "aria-label": `Source ${citation.number}: ${[who(citation), day(citation.date)].filter(Boolean).join(", ")}`,
      },
      String(citation.number),
    );
    marked.set(link, { citation, read });
    made.append(link);
  }
  return made;
}
