// Offsets: the server counts code points of a transcript's text, scripts count UTF-16. Here is the edge.
//
// A turn's words are one element `.words` with `data-start` and `data-end`; its text, whatever marks
// are in it, has one code point for each of the record's.

/** UTF-16 units of the first `points` code points of `text`. @param {string} text @param {number} points */
export function unitsAt(text, points) {
  let units = 0;
  for (let left = points; left > 0 && units < text.length; left -= 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Code points of the first `units` UTF-16 units of `text`. @param {string} text @param {number} units */
export function pointsAt(text, units) {
  let points = 0;
  for (let at = 0; at < units; points += 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return points;
}

/** The stretch of `words` from one UTF-16 unit to another, across the marks in it. @returns {Range} */
export function rangeIn(words, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + node.length;
    if (!begun && from < end) {
      range.setStart(node, from - at);
      begun = true;
    }
    if (begun && to <= end) {
      range.setEnd(node, to - at);
      return range;
    }
    at = end;
  }
  range.setEnd(words, words.childNodes.length);
  return range;
}

/** The stretches of the turns under `root` that the code points from `start` to `end` are, one a turn. @returns {{words: HTMLElement, from: number, to: number}[]} */
export function stretches(root, start, end) {
  const turns = [...root.querySelectorAll(".words")];
  const first = turns.findIndex((words) => Number(words.dataset.end) > start);
  const found = [];
  for (const words of first < 0 ? [] : turns.slice(first)) {
    const begins = Number(words.dataset.start);
    if (begins >= end) {
      break;
    }
    const text = words.textContent;
    const from = unitsAt(text, Math.max(0, start - begins));
    const to = unitsAt(text, end - begins);
    if (from < to) {
      found.push({ words, from, to });
    }
  }
  return found;
}

/** Where in the transcript a point of the page is, in code points; null outside the words. @param {Node} node @param {number} offset */
export function pointOf(node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const words = element?.closest(".words");
  if (!words) {
    return null;
  }
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(node, offset);
  const text = before.toString();
  return { words, point: Number(words.dataset.start) + pointsAt(text, text.length) };
}
