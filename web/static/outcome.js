// What is told besides an answer: why there is none, how much was searched, what was dropped, what went wrong.

import { element } from "./element.js";
import { nearest } from "./sources.js";
import { day, harmless, several } from "./wording.js";

/** Why a sentence of a model was left out, in words. */
const REASONS = {
  no_citation: "it points at nothing in the record",
  unknown_citation: "it points at a sentence that it was not shown",
  quotation_not_found: "what it quotes does not stand there word for word",
  number_not_in_source: "a number in it does not stand in what it cites",
  date_not_in_source: "a date in it does not stand in what it cites",
  name_not_in_source: "a name in it does not stand in what it cites",
  wrong_speaker: "it gives the words to somebody else",
  negation: "it denies what the record affirms, or the other way round",
  lost_antecedent: "it leans on a sentence that was left out",
  not_entailed: "what it cites does not bear it out",
};

/**
 * Where there is no answer: why, what one may do with that, and what comes nearest.
 * @param {{reason: string, message: string, nearest: any[]}} abstention
 * @param {HTMLElement[]} ways to ask otherwise, and to take it along
 * @param {string} search where the passages are found by the question's words
 */
export function noAnswer(abstention, ways, search) {
  const made = element(
    "div",
    { class: "no-answer" },
    element("p", { class: "why" }, element("strong", {}, "No answer in the record. "), harmless(abstention.message)),
    ...ways,
  );
  if (abstention.reason === "empty_index") {
    made.append(element("p", {}, element("a", { href: "/archive#adding" }, "Open the archive")));
  }
  if (abstention.nearest.length) {
    made.append(nearest(abstention.nearest));
  }
  if (abstention.reason === "nothing_relevant" || abstention.reason === "unsupported") {
    const none = abstention.nearest.length ? "" : "Nothing that was searched comes near enough to be shown. ";
    const link = element("a", { class: "no-print", href: search }, "Search the archive for these words");
    made.append(element("p", { class: "ranked small" }, none, link));
  }
  return made;
}

/** `Searched 3 transcripts, 40 passages, 1 May 2021 to 4 May 2021`. @param {any} searched as an answer has it */
export function extent({ transcripts, passages, since, until, undated }) {
  const dates = since ? (since === until ? `, ${day(since)}` : `, ${day(since)} to ${day(until)}`) : "";
  const left = undated ? `; ${several(undated, "undated transcript")} left out` : "";
  return `Searched ${several(transcripts, "transcript")}, ${several(passages, "passage")}${dates}${left}`;
}

/** How much was searched, and by what. @param {any} answer */
export function searched(answer) {
  return element("p", { class: "searched small faint figures" }, howSearched(answer));
}

/** The same in words. @param {any} answer @returns {string} */
export function howSearched(answer) {
  const took = Object.values(answer.timings).reduce((sum, one) => sum + one, 0);
  const by = answer.model === "extractive" ? "" : ` Answered by ${harmless(answer.model)}.`;
  return `${extent(answer.searched)}, in ${duration(took)}.${by}`;
}

/** What a model wrote and the record does not bear out, shut away. @param {{text: string, reason: string, detail: string}[]} dropped */
export function leftOut(dropped) {
  const list = element("ul", { class: "ruled" });
  for (const one of dropped) {
    list.append(
      element(
        "li",
        {},
        element("p", { class: "unborne", dir: "auto" }, harmless(one.text)),
        element("p", { class: "small" }, `Left out: ${REASONS[one.reason] ?? one.reason}`, element("span", { class: "faint" }, detail(one)), "."),
      ),
    );
  }
  return element(
    "details",
    { class: "dropped" },
    element("summary", {}, `${several(dropped.length, "sentence")} left out: not borne out by the record`),
    list,
  );
}

/** @param {{reason: string, detail: string}} dropped */
function detail({ reason, detail: words }) {
  return words && reason !== "lost_antecedent" ? ` (${harmless(words)})` : "";
}

/**
 * How an answer ended that is not whole: it was *stopped*, the page was *left* while it arrived, or it *failed*.
 * @typedef {{how: "stopped" | "left" | "failed", message: string, status?: number, retryAfter?: number | null}} Ending
 */

/** That there is no whole answer, why, and that what was verified before stands. @param {Ending} ending @param {number} verified sentences */
export function unfinished(ending, verified) {
  return ending.how === "failed" ? failure(ending, verified) : cutShort(ending, verified);
}

/** @param {Ending} ending @param {number} verified */
function failure({ message, status, retryAfter }, verified) {
  const wait = retryAfter ? ` Try again in ${several(retryAfter, "second")}.` : "";
  return element(
    "div",
    { class: "note bad", role: "alert" },
    element("p", {}, element("strong", {}, "No whole answer. "), harmless(message), wait),
    status === 401 ? element("p", {}, element("a", { href: "/sign-in" }, "Sign in again")) : null,
    verified ? element("p", {}, "What stands above was verified before, and holds.") : null,
  );
}

/** @param {Ending} ending @param {number} verified */
function cutShort({ how }, verified) {
  return element(
    "p",
    { class: "note" },
    element("strong", {}, how === "stopped" ? "Stopped. " : "Stopped: the page was left while the answer arrived. "),
    verified ? "What stands above was verified; there may have been more." : "Nothing had been verified yet.",
  );
}

/** `41 ms`, `0.2 s`. @param {number} milliseconds */
function duration(milliseconds) {
  return milliseconds < 100 ? `${Math.ceil(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
