// The page on which a text is checked: its characters counted, the check sent and stopped, the findings walked through.

import { copied } from "./copying.js";
import { send } from "./http.js";
import { Findings } from "./findings.js";
import { listen } from "./keys.js";
import { report } from "./report.js";
import { count } from "./wording.js";

const page = document.getElementById("checking");

/** @type {Findings | null} */
let findings = null;

/** Puts the parts of the page to work; again after each check, which brings new ones. */
function begin() {
  const form = document.getElementById("check");
  const text = form.elements.text;
  const counted = document.getElementById("counted");
  const longest = Number(form.dataset.longest);

  const tell = () => {
    const characters = [...text.value].length;
    counted.textContent = `${count(characters)} of ${count(longest)} characters${characters > longest ? ": too many" : ""}`;
    counted.classList.toggle("too-many", characters > longest);
    form.querySelector("[type=submit]").disabled = characters > longest;
  };
  text.addEventListener("input", tell);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(form);
  });
  tell();

  const checked = document.getElementById("checked");
  findings = checked && new Findings(checked);
  const copying = document.getElementById("copy-findings");
  if (copying) {
    copying.hidden = false;
    copying.addEventListener("click", async () => {
      copying.textContent = (await copied(report(checked))) ? "Copied" : "The browser does not allow copying here";
    });
  }
}

/** @param {HTMLFormElement} form */
async function check(form) {
  const [submit, stop, working, refused] = [
    form.querySelector("[type=submit]"),
    document.getElementById("stop"),
    form.querySelector(".working"),
    document.getElementById("refused"),
  ];
  const stopping = new AbortController();
  const busy = (is) => {
    submit.disabled = is;
    stop.hidden = !is;
    working.hidden = !is;
    working.querySelector("[role=status]").textContent = is ? "Each sentence is held against the archive…" : "";
  };
  stop.onclick = () => stopping.abort();
  refused.hidden = true;
  busy(true);
  try {
    const body = new URLSearchParams(new FormData(form));
    const accept = "text/html, application/problem+json";
    const answer = await send("/check", { method: "POST", body, accept, signal: stopping.signal });
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("checking");
    page.replaceChildren(...parts.childNodes);
    begin();
    document.getElementById("summary")?.focus();
  } catch (error) {
    if (error.name !== "AbortError") {
      refused.textContent = error.message;
      refused.hidden = false;
    }
    busy(false);
  }
}

begin();
listen({
  n: () => findings?.step(1),
  p: () => findings?.step(-1),
  Escape: () => findings?.leave(),
});
