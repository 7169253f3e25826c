// Recordings of any transcript, played from the second that a link names; what is no media file is left to the browser.

import { Player } from "./player.js";
import { sheet } from "./sheet.js";

const HEARD = /\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)$/i;
const SEEN = /\.(?:mp4|m4v|webm|ogv|mov)$/i;

/**
 * Plays what links with a second under `root` lead to, one recording at a time. A player listens to links of its own
 * recording alone; here there are several, so none is given any.
 * @param {HTMLElement} root
 */
export function playHere(root) {
  /** @type {Map<string, Player>} */
  const players = new Map();
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-second]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const address = link.href.split("#")[0];
    const { pathname } = new URL(address);
    const kind = HEARD.test(pathname) ? "audio" : SEEN.test(pathname) ? "video" : null;
    if (kind) {
      event.preventDefault();
      sheet("transcript.css");
      for (const [other, player] of players) {
        if (other !== address) {
          player.media?.pause();
          player.bar.hidden = true;
        }
      }
      if (!players.has(address)) {
        players.set(address, new Player(address, kind, document.createElement("div")));
      }
      players.get(address).play(Number(link.dataset.second));
    }
  });
}
