// The findings of a check: a sign in the text and its finding show each other, and what is wrong is walked through.

/** Those in the section `checked`. */
export class Findings {
  /** @param {HTMLElement} checked */
  constructor(checked) {
    this.checked = checked;
    this.wrong = [...checked.querySelectorAll(".finding[data-wrong]")];
    this.at = -1;
    const walk = checked.querySelector(".walk");
    if (walk) {
      walk.hidden = false;
      this.status = walk.querySelector("[role=status]");
      walk.addEventListener("click", (event) => {
        const step = event.target.closest("button")?.dataset.step;
        if (step) {
          this.step(Number(step));
        }
      });
    }
    checked.addEventListener("click", (event) => {
      if (event.target.closest(".close")) {
        this.leave();
        return;
      }
      const link = event.target.closest("a.sign, a.back");
      const number = link ? /(\d+)$/.exec(link.hash)?.[1] : event.target.closest(".judged")?.dataset.check;
      const finding = number && this.#finding(number);
      if (finding) {
        event.preventDefault();
        this.at = this.wrong.indexOf(finding);
        this.show(finding, link?.classList.contains("back") ?? false);
      }
    });
  }

  /** To the next place that is wrong, or the one before. @param {number} by */
  step(by) {
    const many = this.wrong.length;
    this.at = this.at < 0 && by < 0 ? many - 1 : (this.at + by + many) % many;
    this.show(this.wrong[this.at], true);
  }

  /** Marks a finding and its words. @param {HTMLElement} finding @param {boolean} inText whether to bring the words into view too */
  show(finding, inText) {
    const number = finding.id.replace("finding-", "");
    this.leave();
    finding.classList.add("here");
    const words = this.checked.querySelectorAll(`.judged[data-check="${number}"]`);
    for (const one of words) {
      one.classList.add("here");
    }
    const list = finding.parentElement;
    const beside = getComputedStyle(list).overflowY !== "visible";
    if (beside) {
      list.scrollTo({ top: finding.offsetTop - 8 });
    }
    if (words.length && (inText || !beside)) {
      words[0].scrollIntoView({ block: beside ? "center" : "start" });
    }
    if (this.status && this.at >= 0) {
      this.status.textContent = `${this.at + 1} of ${this.wrong.length}: ${finding.querySelector("h3").firstChild.nextSibling.textContent.trim()}`;
    }
  }

  /** Marks none. */
  leave() {
    for (const one of this.checked.querySelectorAll(".here")) {
      one.classList.remove("here");
    }
  }

  #finding(number) {
    return document.getElementById(`finding-${number}`);
  }
}
