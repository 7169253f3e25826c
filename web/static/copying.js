// An answer taken along: as text, as Markdown, as a file, as an address.

import { attribution, place, sameVoice, who } from "./citation.js";
import { inWords, together } from "./filters.js";
import { postJSON } from "./http.js";
import { extent } from "./outcome.js";
import { day, webAddress } from "./wording.js";

/**
 * What is taken along. `answer`: the whole of it, null where it was stopped or broke off.
 * @typedef {{question: string, sentences: import("./answer.js").Sentence[], citations: import("./citation.js").Citation[], answer: any}} Said
 */

const NOT_WHOLE = "(The answer is not whole: it was stopped, or broke off. What stands here was verified.)";

/** The answer and its sources, or that there is none, as plain text. @param {Said} said */
export function asText({ question, sentences, citations, answer }) {
  if (answer?.abstention) {
    return [question, ...none(answer)].join("\n\n") + "\n";
  }
  const said = (one) => `${quoted(one)}${one.citations.map((number) => ` [${number}]`).join("")}`;
  const text = inVoices(sentences, citations).map(({ head, together }) => head + together.map(said).join(" ")).join("\n\n");
  const notes = citations.map((one) => `[${one.number}] ${attribution(one)}: “${one.quote}”\n    ${address(one)}${originally(one)}`);
  return [question, text, ...(answer ? [] : [NOT_WHOLE]), ["Sources", ...notes].join("\n")].join("\n\n") + "\n";
}

/** The same as Markdown, the numbers as footnotes. @param {Said} said */
export function asMarkdown({ question, sentences, citations, answer }) {
  if (answer?.abstention) {
    return [`**${escaped(question)}**`, ...none(answer).map(escaped)].join("\n\n") + "\n";
  }
  const said = (one) => `${escaped(quoted(one))}${one.citations.map((number) => `[^${number}]`).join("")}`;
  const text = inVoices(sentences, citations)
    .map(({ head, together }) => escaped(head) + together.map(said).join(" "))
    .join("\n\n");
  const notes = citations.map((one) => `[^${one.number}]: ${escaped(attribution(one))}: “${escaped(one.quote)}” ${ways(one)}`);
  return [`**${escaped(question)}**`, text, ...(answer ? [] : [NOT_WHOLE]), notes.join("\n")].join("\n\n") + "\n";
}

/** That no answer was found, why, and in how much of what was looked on which day. @param {any} answer @returns {string[]} */
function none({ abstention, searched, filters, recognised, asked_at: at }) {
  const within = inWords(together(filters, recognised));
  const only = within ? ` Only: ${within}.` : "";
  return [`No answer in the record. ${abstention.message}`, `${extent(searched)}, on ${day(at.slice(0, 10))}.${only}`];
}

/** Where the transcript comes from, after its place here. @param {import("./citation.js").Citation} citation */
function originally({ source }) {
  return webAddress(source) ? `\n    Original: ${new URL(source).href}` : "";
}

/** @param {import("./citation.js").Citation} citation */
function ways(citation) {
  const original = webAddress(citation.source);
  return `[In the transcript](<${address(citation)}>)${original ? `, [original](<${new URL(original).href}>)` : ""}`;
}

/** Quotes together that one voice says in a row, headed by who says them and when; a model's prose has no head. */
function inVoices(sentences, citations) {
  const cited = new Map(citations.map((one) => [one.number, one]));
  const made = [];
  for (const one of sentences) {
    const voice = one.kind === "quote" && one.citations.length === 1 ? cited.get(one.citations[0]) : null;
    const last = made.at(-1);
    if (last && (voice && last.voice ? sameVoice(last.voice, voice) : !voice && !last.voice)) {
      last.together.push(one);
    } else {
      const head = voice ? `${[who(voice), day(voice.date)].filter(Boolean).join(", ")}: ` : "";
      made.push({ voice, head, together: [one] });
    }
  }
  return made;
}

/** Puts `text` on the clipboard; false where the browser does not let us. @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** Where the page does not come by https, there is only the old way. @param {string} text */
function copiedBySelection(text) {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    focused?.focus({ preventScroll: true });
  }
}

/** Saves the whole answer as a file. @param {any} answer */
export function save(answer) {
  const file = URL.createObjectURL(new Blob([`${JSON.stringify(answer, null, 1)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = file;
  link.download = `answer-${answer.asked_at.slice(0, 10)}-${answer.id.slice(0, 8)}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}

/** The address at which the server keeps the answer from now on. Refusal. @param {any} answer */
export async function shared(answer) {
  const { url } = await postJSON("/api/answers", { id: answer.id });
  return new URL(url, location.href).href;
}

/** @param {import("./answer.js").Sentence} sentence */
function quoted(sentence) {
  return sentence.kind === "quote" ? `“${sentence.text}”` : sentence.text;
}

/** @param {import("./citation.js").Citation} citation */
function address(citation) {
  return new URL(place(citation), location.href).href;
}

/** What Markdown would take for its own. @param {string} text */
function escaped(text) {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\\`*_[\]<>#|~^]/g, "\\$&");
}
