// The page of a transcript: what its parts do, put together.

import { Finding } from "./finding.js";
import { listen } from "./keys.js";
import { mark, placesIn, show } from "./places.js";
import { Player } from "./player.js";
import { Quoting } from "./quoting.js";
import { removal } from "./removal.js";

const article = document.querySelector(".transcript");
const turns = article.querySelector(".turns");
const told = document.getElementById("told");
const missing = document.getElementById("missing");

/** Marks what the address names and goes there. */
function follow() {
  const places = placesIn(location.hash);
  missing.hidden = true;
  const marks = places.length ? mark(turns, places) : [...turns.querySelectorAll("mark.cited")];
  if (marks.length && (places.length || !location.hash)) {
    show(marks[0]);
  } else if (places.length) {
    missing.hidden = false;
  }
}

addEventListener("hashchange", follow);
follow();

const finding = new Finding(turns, document.querySelector(".find"));
listen({
  "/": () => {
    finding.field.focus();
    finding.field.select();
  },
  n: () => finding.step(1),
  p: () => finding.step(-1),
});

new Quoting(article, document.querySelector(".quoting"), (text) => {
  told.textContent = text;
});

const { recording, recordingKind } = article.dataset;
if (recording && recordingKind !== "page") {
  new Player(recording, recordingKind, turns);
}

const dialog = document.getElementById("removal");
if (dialog) {
  removal(document.getElementById("remove"), dialog, article.dataset.transcript);
}
