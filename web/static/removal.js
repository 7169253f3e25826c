// Removing a transcript: asked for in a dialog that names it.

import { send } from "./http.js";

/** Lets `button` open `dialog`, which removes transcript `id`. @param {HTMLButtonElement} button @param {HTMLDialogElement} dialog @param {string} id */
export function removal(button, dialog, id) {
  const refused = dialog.querySelector("[role=alert]");
  const confirm = dialog.querySelector("[data-confirm]");
  button.hidden = false;
  button.addEventListener("click", () => {
    refused.hidden = true;
    dialog.showModal();
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  confirm.addEventListener("click", async () => {
    confirm.disabled = true;
    try {
      await send(`/api/transcripts/${encodeURIComponent(id)}`, { method: "DELETE" });
      location.assign(`/archive?removed=${encodeURIComponent(id)}`);
    } catch (error) {
      refused.textContent = error.message;
      refused.hidden = false;
      confirm.disabled = false;
    }
  });
}
