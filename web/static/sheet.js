// A stylesheet that is loaded when it is first needed.

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** Done when the sheet called `name`, which lies beside this script, holds. @param {string} name @returns {Promise<unknown>} */
export function sheet(name) {
  if (!loaded.has(name)) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(name, import.meta.url).href;
    loaded.set(
      name,
      new Promise((done) => {
        link.addEventListener("load", done);
        link.addEventListener("error", done);
      }),
    );
    document.head.append(link);
  }
  return loaded.get(name);
}
