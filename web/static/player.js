// The recording, played from a turn's second; a bar at the foot of the window holds it.

/** Plays one recording. `kind` is `audio` or `video`. */
export class Player {
  /** @param {string} address @param {"audio" | "video"} kind @param {HTMLElement} root the turns, whose time codes start it */
  constructor(address, kind, root) {
    this.address = address.split("#")[0];
    this.kind = kind;
    this.root = root;
    this.bar = null;
    root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-second]");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        this.play(Number(link.dataset.second));
      }
    });
  }

  /** From `second` on. @param {number} second */
  play(second) {
    this.bar ??= this.#made();
    this.bar.hidden = false;
    if (this.media.readyState) {
      this.media.currentTime = second;
    } else {
      this.media.addEventListener("loadedmetadata", () => (this.media.currentTime = second), { once: true });
    }
    this.media.play().catch((error) => {
      if (error.name !== "AbortError") {
        this.#failed();
      }
    });
  }

  #made() {
    const bar = document.createElement("aside");
    bar.className = `player no-print ${this.kind}`;
    bar.setAttribute("aria-label", "Recording");
    this.media = document.createElement(this.kind);
    this.media.controls = true;
    this.media.preload = "metadata";
    this.media.src = this.address;
    this.media.addEventListener("error", () => this.#failed());
    this.media.addEventListener("timeupdate", () => this.#follow());
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button quiet";
    close.textContent = "Close";
    close.addEventListener("click", () => {
      this.media.pause();
      bar.hidden = true;
      this.#playing(null);
    });
    this.note = document.createElement("p");
    this.note.setAttribute("role", "status");
    bar.append(this.media, this.note, close);
    document.body.append(bar);
    return bar;
  }

  #failed() {
    const link = document.createElement("a");
    link.href = this.address;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    link.textContent = "Open it by itself";
    this.note.replaceChildren("The recording can't be played here. ", link);
  }

  /** Shows the turn that is being said. */
  #follow() {
    const links = [...this.root.querySelectorAll("a[data-second]")];
    const now = links.findLast((link) => Number(link.dataset.second) <= this.media.currentTime + 0.05);
    this.#playing(now?.closest(".turn") ?? null);
  }

  #playing(turn) {
    if (turn !== this.turn) {
      this.turn?.classList.remove("playing");
      turn?.classList.add("playing");
      this.turn = turn;
    }
  }
}
