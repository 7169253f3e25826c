// A job: one file on its way into the archive, as a row: how far it is, and what the reader saw in it.

import { refusedInWords } from "./refused.js";
import { count, day, harmless, several } from "./wording.js";

const OUTCOMES = {
  added: "Added",
  updated: "Updated",
  unchanged: "In the archive already, unchanged",
  duplicate: "In the archive already, under another name",
};

/** The row of one file. */
export class JobRow {
  /** @param {string} name the file's */
  constructor(name) {
    this.element = document.createElement("li");
    this.element.className = "job";
    const file = make("span", "file", name);
    file.dir = "auto";
    this.state = make("span", "state", "In line");
    this.progress = document.createElement("progress");
    this.progress.max = 1;
    this.progress.setAttribute("aria-label", `Progress of ${harmless(name)}`);
    this.what = make("div", "what");
    this.element.append(file, this.state, this.progress, this.what);
    this.settled = false;
    this.failed = false;
  }

  /** @param {{state: string, done: number, of: number, outcome?: string, transcript?: string, report?: object, error?: string}} job */
  show(job) {
    this.settled = job.state === "done" || job.state === "failed";
    this.failed = job.state === "failed";
    this.element.classList.toggle("done", job.state === "done");
    this.element.classList.toggle("failed", this.failed);
    this.state.textContent = inWords(job);
    this.progress.hidden = this.settled;
    if (job.state === "embedding" && job.of) {
      this.progress.value = job.done / job.of;
    } else {
      this.progress.removeAttribute("value");
    }
    if (this.settled) {
      this.what.replaceChildren(...(this.failed ? refusedInWords(job.error).map((words) => make("p", "", words)) : seen(job)));
    }
  }
}

function inWords(job) {
  switch (job.state) {
    case "sending":
      return "Sending";
    case "queued":
      return "In line";
    case "reading":
      return "Reading";
    case "embedding":
      return job.of ? `Embedding ${count(job.done)} of ${several(job.of, "passage")}` : "Embedding";
    case "done":
      return `✓ ${OUTCOMES[job.outcome] ?? "Done"}`;
    default:
      return "✗ Not added";
  }
}

/** What the reader saw. @returns {HTMLElement[]} */
function seen(job) {
  const { report } = job;
  const lines = [];
  if (job.transcript) {
    const line = make("p", "", job.outcome === "updated" ? "It replaces the text that was stored under this name: " : "");
    const link = make("a", "record", report?.title || job.transcript);
    link.href = `/transcripts/${encodeURIComponent(job.transcript)}`;
    link.dir = "auto";
    line.append(link, report?.date ? `, ${day(report.date)}` : "");
    lines.push(line);
    if (job.outcome === "updated") {
      lines.push(make("p", "", NOT_MEANT));
    }
  }
  if (!report) {
    return lines;
  }
  const speakers = report.speakers.map((one) => (one.name && one.name !== one.label ? `${one.label} (${one.name})` : one.label));
  const parts = [several(report.turns, "turn"), several(report.words, "word"), several(speakers.length, "speaker")];
  if (report.unattributed_words) {
    parts.push(`${several(report.unattributed_words, "word")} by nobody named`);
  }
  lines.push(make("p", "figures", parts.join(" · ")));
  if (speakers.length) {
    lines.push(make("p", "", speakers.slice(0, MOST).join(", ") + (speakers.length > MOST ? ` and ${count(speakers.length - MOST)} more` : "")));
  }
  lines.push(...unsure("Unsure", report.warnings));
  lines.push(...unsure("Left outside the speech", report.outside.map((one) => `${one.where}: ${one.text}`)));
  return lines;
}

const NOT_MEANT =
  "If that was not meant: add the earlier file again, then this one with a collection chosen. That gives it a name of its own, unless the file itself says where it comes from.";

const MOST = 8;

/** A disclosure with `lines` in it, if there are any. */
function unsure(title, lines) {
  if (!lines.length) {
    return [];
  }
  const details = document.createElement("details");
  const list = make("ul", "plain");
  list.append(...lines.slice(0, 50).map((line) => make("li", "", line)));
  details.append(make("summary", "", `${title} (${count(lines.length)})`), list);
  return [details];
}

/** @param {string} tag @param {string} [classes] @param {string} [text] */
function make(tag, classes = "", text = "") {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = harmless(text);
  return element;
}
