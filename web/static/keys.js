// What single keys do outside of fields, where they are switched on, and the list of them.

const KEY = "onrecord.keys";

/** @param {Record<string, () => void>} acts by key; `Escape` works everywhere */
export function listen(acts) {
  const dialog = document.getElementById("keys");
  const single = document.getElementById("keys-single");
  single.checked = stored() !== "off";
  single.addEventListener("change", () => store(single.checked ? null : "off"));
  document.addEventListener("click", (event) => event.target.closest?.("#keys-open") && dialog.showModal());
  const all = { "?": () => dialog.showModal(), ...acts };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) {
      return;
    }
    const act = all[event.key];
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (act && (event.key === "Escape" || (single.checked && !typing))) {
      event.preventDefault();
      act();
    }
  });
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string | null} value */
function store(value) {
  try {
    if (value === null) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, value);
    }
  } catch {
    // Without storage the choice holds for this page.
  }
}
