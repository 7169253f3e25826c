// The header: the switch between light and dark, and the way out.

const KEY = "onrecord.theme";
const button = document.getElementById("theme");
const root = document.documentElement;

/** Says on the button what it would do. */
function label() {
  const dark = root.dataset.theme === "dark";
  button.querySelector(".word").textContent = dark ? "Light" : "Dark";
  button.title = dark ? "Show light on dark as dark on light" : "Show dark on light as light on dark";
  button.setAttribute("aria-label", dark ? "Change to the light theme" : "Change to the dark theme");
}

button.addEventListener("click", () => {
  const theme = root.dataset.theme === "dark" ? "light" : "dark";
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = theme;
  try {
    if (theme === system) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // Without storage the choice holds for this page.
  }
});

new MutationObserver(label).observe(root, { attributeFilter: ["data-theme"] });
label();
button.hidden = false;

// Who signs out leaves no questions behind for whoever comes next.
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => {
  try {
    localStorage.removeItem("onrecord.earlier");
  } catch {
    // Without storage nothing was kept.
  }
});
