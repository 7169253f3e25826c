// Light or dark, before anything is painted: what was chosen here, else what the system says.
// A classic script, run where it stands in the head. The switch itself is in masthead.js.
"use strict";

{
  const system = matchMedia("(prefers-color-scheme: dark)");

  const show = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem("onrecord.theme");
    } catch {
      // Storage may be forbidden; then the system's choice holds.
    }
    document.documentElement.dataset.theme = chosen ?? (system.matches ? "dark" : "light");
  };

  show();
  system.addEventListener("change", show);
  addEventListener("storage", show);
}
