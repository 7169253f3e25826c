// The page of the archive: files are dropped anywhere on it, or chosen.

import { Adding, filesIn } from "./adding.js";
import { Held } from "./held.js";
import { several } from "./wording.js";

const section = document.getElementById("adding");
if (section) {
  begin(section);
}

/** @param {HTMLElement} section */
function begin(section) {
  const button = document.getElementById("add");
  const field = document.getElementById("files");
  const drop = section.querySelector(".drop");
  const told = document.getElementById("adding-told");
  const held = new Held();
  let added = 0;

  const open = (shown) => {
    section.hidden = !shown;
    button?.setAttribute("aria-expanded", String(shown));
  };
  const adding = new Adding(
    document.getElementById("jobs"),
    () => document.getElementById("into").value.trim(),
    (settled, failed, of) => {
      const words = `${several(settled, "file")} of ${of} done${failed ? `, ${failed} not added` : ""}.`;
      told.textContent = words;
      if (settled - failed > added) {
        added = settled - failed;
        held.refresh();
      }
    },
  );
  const take = (files) => {
    if (files.length) {
      open(true);
      adding.add(files);
    }
  };

  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      open(section.hidden);
      if (!section.hidden) {
        field.focus();
      }
    });
  }
  field.addEventListener("change", () => {
    take([...field.files]);
    field.value = "";
  });
  if (location.hash === "#adding" || !button) {
    open(true);
  }

  let depth = 0;
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (by) => {
    depth = Math.max(0, depth + by);
    document.body.classList.toggle("dropping", depth > 0);
    drop.classList.toggle("over", depth > 0);
  };
  addEventListener("dragenter", (event) => {
    if (holdsFiles(event)) {
      event.preventDefault();
      over(1);
    }
  });
  addEventListener("dragleave", (event) => holdsFiles(event) && over(-1));
  addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (holdsFiles(event)) {
      event.preventDefault();
      over(-depth);
      take(await filesIn(event.dataTransfer));
    }
  });
}
