// A report: the findings of a check as Markdown, to be pasted where the text is mended.

/** @param {HTMLElement} checked the section that holds them @returns {string} */
export function report(checked) {
  const summary = [checked.querySelector("#summary"), ...checked.querySelectorAll(".counts li")].map(words).join(" · ");
  return [`**${summary}**`, ...[...checked.querySelectorAll(".finding")].map(finding)].join("\n\n") + "\n";
}

/** @param {HTMLElement} one */
function finding(one) {
  const lines = [`${one.dataset.number}. **${one.dataset.verdict}**: ${words(one.querySelector(".checked-words"))}`];
  const detail = one.querySelector(".detail");
  if (detail) {
    lines.push(`   ${words(detail)}`);
  }
  for (const quote of one.querySelectorAll(".quote")) {
    const caption = quote.querySelector("figcaption").cloneNode(true);
    const original = caption.querySelector(".original");
    original?.previousElementSibling.remove();
    original?.remove();
    const place = new URL(caption.querySelector("a[href^='/transcripts/']").getAttribute("href"), location.href);
    lines.push(`   > ${words(quote.querySelector("blockquote"))}`);
    lines.push(`   > ${words(caption)}, <${place}>${original ? `, original: <${original.href}>` : ""}`);
  }
  return lines.join("\n");
}

/** The text of `element` on one line. @param {HTMLElement} element */
function words(element) {
  return element.textContent.replace(/\s+/g, " ").trim();
}
