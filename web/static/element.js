// Elements made in script: attributes by name, text always as text.

/**
 * An element. An attribute that is null, undefined or false is left out; true is an empty one. Children that are
 * null are left out; strings become text.
 * @param {string} name
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button that does `act`. @param {string} words @param {(event: MouseEvent) => void} act @param {string} [looks] */
export function button(words, act, looks = "button quiet") {
  const made = element("button", { type: "button", class: looks }, words);
  made.addEventListener("click", act);
  return made;
}

/** Where the page speaks to who does not see it. @param {string} words */
export function tell(words) {
  const status = document.getElementById("status");
  if (status) {
    status.textContent = words;
  }
}
