// Places: what an address marks in a transcript, `#c6803-6990`, or several as `#c6803-6990,7000-7100`.

import { rangeIn, stretches } from "./offsets.js";

/** The places that a fragment names, in code points. @param {string} hash @returns {{start: number, end: number}[]} */
export function placesIn(hash) {
  if (!/^#c\d+-\d+(,\d+-\d+)*$/.test(hash)) {
    return [];
  }
  return hash
    .slice(2)
    .split(",")
    .map((place) => place.split("-").map(Number))
    .filter(([start, end]) => start < end)
    .map(([start, end]) => ({ start, end }));
}

/** Marks `places` in the turns under `root` in place of those marked before. @returns {HTMLElement[]} the marks */
export function mark(root, places) {
  unmark(root);
  const marks = [];
  places.forEach(({ start, end }, index) => {
    for (const { words, from, to } of stretches(root, start, end)) {
      const range = rangeIn(words, from, to);
      const element = document.createElement("mark");
      element.className = "cited";
      element.dataset.place = String(index + 1);
      element.append(range.extractContents());
      range.insertNode(element);
      marks.push(element);
    }
  });
  return marks;
}

/** Takes the marks under `root` away. */
export function unmark(root) {
  for (const element of root.querySelectorAll("mark.cited")) {
    const words = element.closest(".words");
    element.replaceWith(...element.childNodes);
    words.normalize();
  }
}

/** Brings `element` into the middle of the window; twice, for what lies between may take its height only now. */
export function show(element) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  requestAnimationFrame(() => {
    element.scrollIntoView({ block: "center", behavior: still ? "instant" : "auto" });
  });
}
