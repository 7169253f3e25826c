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
 * Where there is no answer: why, and what comes nearest.
 * @param {{reason: string, message: string, nearest: any[]}} abstention @param {HTMLElement[]} ways to ask otherwise
 */
export function noAnswer(abstention, ways) {
  const made = element(
    "div",
    { class: "no-answer" },
    element("p", { class: "why" }, element("strong", {}, "No answer in the record. "), harmless(abstention.message)),
    ...ways,
  );
  if (abstention.reason === "empty_index") {
    made.append(element("p", {}, element("a", { href: "/archive" }, "Add transcripts in the archive")));
  }
  if (abstention.nearest.length) {
    made.append(nearest(abstention.nearest));
  }
  return made;
}

/** How much was searched, and by what. @param {any} answer */
export function searched(answer) {
  const { transcripts, passages, since, until, undated } = answer.searched;
  const dates = since ? (since === until ? `, ${day(since)}` : `, ${day(since)} to ${day(until)}`) : "";
  const left = undated ? `; ${several(undated, "undated transcript")} left out` : "";
  const took = Object.values(answer.timings).reduce((sum, one) => sum + one, 0);
  const by = answer.model === "extractive" ? "" : ` Answered by ${harmless(answer.model)}.`;
  return element(
    "p",
    { class: "searched small faint figures" },
    `Searched ${several(transcripts, "transcript")}, ${several(passages, "passage")}${dates}${left}, `,
    `in ${duration(took)}.${by}`,
  );
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

/** What went wrong, and that what was verified before it stands. @param {import("./http.js").Refusal} refusal @param {number} verified sentences */
export function failure(refusal, verified) {
  const wait = refusal.retryAfter ? ` Try again in ${several(refusal.retryAfter, "second")}.` : "";
  return element(
    "div",
    { class: "note bad", role: "alert" },
    element("p", {}, element("strong", {}, "No whole answer. "), harmless(refusal.message), wait),
    refusal.status === 401 ? element("p", {}, element("a", { href: "/sign-in" }, "Sign in again")) : null,
    verified ? element("p", {}, "What stands above was verified before, and holds.") : null,
  );
}

/** That it was stopped. @param {number} verified sentences */
export function stopped(verified) {
  return element(
    "p",
    { class: "note" },
    element("strong", {}, "Stopped. "),
    verified ? "What stands above was verified; there may have been more." : "Nothing had been verified yet.",
  );
}

/** `41 ms`, `0.2 s`. @param {number} milliseconds */
function duration(milliseconds) {
  return milliseconds < 100 ? `${Math.ceil(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
