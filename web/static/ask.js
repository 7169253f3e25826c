// The ask page: its parts, put together.

import { Card } from "./card.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Earlier } from "./earlier.js";
import { everything, FilterFields, withFilter, without } from "./filters.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { playHere } from "./recordings.js";
import { harmless } from "./wording.js";

const by = (id) => document.getElementById(id);
const desk = by("desk");

const filters = new FilterFields({
  toggle: by("narrow"),
  fields: by("filters"),
  chosen: by("chosen"),
  speaker: by("filter-speaker"),
  speakers: by("filter-speakers"),
  since: by("filter-since"),
  until: by("filter-until"),
  collection: by("filter-collection"),
});

const conversation = new Conversation(by("conversation"), {
  busy: (busy) => {
    composer.busy = busy;
  },
  begun: () => {
    filters.toggle(false);
    desk.classList.add("talking");
    by("another").hidden = false;
    by("conversation-title").hidden = false;
    document.title = `${harmless(conversation.exchanges[0].asked.question)} · Onrecord`;
    composer.field.placeholder = "Ask on, or something else";
  },
  widened: (gone) => filters.set(without(filters.value, gone)),
  changed: () => {
    if (conversation.answers.length) {
      earlier.keep(conversation);
      earlier.show(conversation.id);
      history.replaceState(null, "", `#talk-${conversation.id}`);
    }
  },
});

const composer = new Composer(by("composer"), { ask, stop: () => conversation.stop() });

/** @param {string} question as the composer has it: within its filters, by its model */
function ask(question) {
  const { chosenModel: model, chosenStyle: style } = composer;
  conversation.ask({ question, filters: filters.taken(), recognise: true, model, style });
}

const opening = composer.field.placeholder;
const { title } = document;

const earlier = new Earlier(by("earlier"), ({ id, answers }) => {
  conversation.clear();
  // What was arriving is kept now, and may be of the one that is opened.
  open(id, earlier.find(id)?.answers ?? answers);
  conversation.exchanges[0]?.heading.focus();
  scrollTo({ top: 0 });
});

const card = new Card(by("card"), desk);
const panel = new Panel(by("panel"), desk);
playHere(desk);

by("below").addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (example) {
    composer.fill("");
    ask(example.textContent);
  }
});

by("another").addEventListener("click", () => {
  conversation.clear();
  panel.close();
  desk.classList.remove("talking");
  by("another").hidden = true;
  by("conversation-title").hidden = true;
  document.title = title;
  composer.field.placeholder = opening;
  filters.set(everything());
  history.replaceState(null, "", location.pathname);
  earlier.show(null);
  composer.fill("");
});

listen({
  Escape: () => {
    if (card.shown) {
      card.hide();
    } else if (by("filters").contains(document.activeElement)) {
      filters.toggle(false);
      by("narrow").focus();
    } else if (panel.shown) {
      panel.close();
    } else {
      conversation.stop();
    }
  },
  "/": () => composer.field.focus(),
  "[": () => toMark(-1),
  "]": () => toMark(1),
  c: () => conversation.exchanges.at(-1)?.tools?.copy(),
});

// Whoever leaves while an answer arrives finds the question again, and what was verified until then.
addEventListener("pagehide", () => conversation.leave("left"));

/** Focuses the citation before or after the one that has the focus. @param {1 | -1} step */
function toMark(step) {
  const marks = [...desk.querySelectorAll(".answer .mark")];
  const at = marks.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step;
  marks[next]?.focus({ focusVisible: true });
}

/** Shows a conversation that was kept. */
function open(id, answers) {
  panel.close();
  try {
    conversation.restore(id, answers);
  } catch {
    // Not as this version keeps them: of no use to anybody.
    earlier.forget(id);
    conversation.clear();
    return;
  }
  history.replaceState(null, "", `#talk-${id}`);
  earlier.show(id);
}

/** An address may name a question and what to ask it of, or a conversation that is kept here. */
function fromAddress() {
  const kept = /^#talk-([0-9a-f]+)$/.exec(location.hash);
  const found = kept && earlier.find(kept[1]);
  if (found) {
    open(found.id, found.answers);
    return;
  }
  const asked = new URLSearchParams(location.search);
  const keys = { speaker: "speakers", transcript: "transcripts", collection: "collections", since: "since", until: "until" };
  let chosen = everything();
  for (const [name, key] of Object.entries(keys)) {
    for (const value of asked.getAll(name)) {
      chosen = withFilter(chosen, { key, value });
    }
  }
  filters.titles = new Map([...document.querySelectorAll("data.asked")].map((one) => [one.value, one.textContent]));
  filters.set(chosen);
  composer.fill(asked.get("q") ?? "");
}

fromAddress();
