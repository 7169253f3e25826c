// Filters: the part of the archive that a question is asked of, and the fields in which they are chosen.

import { getJSON } from "./http.js";
import { button, element } from "./element.js";
import { day, harmless } from "./wording.js";

/**
 * @typedef {{transcripts: string[], speakers: string[], collections: string[], since: string | null, until: string | null}} Filters
 * @typedef {{key: keyof Filters | "day", value: string}} Filter one of them; a day is its own first and last
 */

const MOST_SUGGESTED = 500;

/** @returns {Filters} */
export function everything() {
  return { transcripts: [], speakers: [], collections: [], since: null, until: null };
}

/** Each filter by itself. @param {Filters} filters @returns {Filter[]} */
export function each(filters) {
  const found = [];
  for (const key of ["speakers", "transcripts", "collections"]) {
    found.push(...(filters[key] ?? []).map((value) => ({ key, value })));
  }
  if (filters.since && filters.since === filters.until) {
    return [...found, { key: "day", value: filters.since }];
  }
  for (const key of ["since", "until"]) {
    if (filters[key]) {
      found.push({ key, value: filters[key] });
    }
  }
  return found;
}

/** `filters` with `one`. @param {Filters} filters @param {Filter} one @returns {Filters} */
export function withFilter(filters, { key, value }) {
  if (key === "day") {
    return { ...filters, since: value, until: value };
  }
  if (key === "since" || key === "until") {
    return { ...filters, [key]: value || null };
  }
  return { ...filters, [key]: [...new Set([...filters[key], value])] };
}

/** `filters` without `one`. @param {Filters} filters @param {Filter} one @returns {Filters} */
export function without(filters, { key, value }) {
  if (key === "day") {
    return { ...filters, since: null, until: null };
  }
  if (key === "since" || key === "until") {
    return { ...filters, [key]: null };
  }
  return { ...filters, [key]: filters[key].filter((other) => other !== value) };
}

/** All that `asked` or `recognised` hold to. @param {Filters} asked @param {Partial<Filters>} recognised @returns {Filters} */
export function together(asked, recognised) {
  return each({ ...everything(), ...recognised }).reduce(withFilter, asked);
}

const KINDS = {
  speakers: "said by", transcripts: "in", collections: "collection", since: "not before", until: "not after",
  day: "on",
};

/** @param {Filter} one @param {string} [title] of a transcript */
function valueInWords({ key, value }, title) {
  return key === "since" || key === "until" || key === "day" ? day(value) : (title ?? value);
}

/** `said by Psaki, not before 1 May 2021`. @param {Filters} filters */
export function inWords(filters) {
  return each(filters).map((one) => `${KINDS[one.key]} ${valueInWords(one)}`).join(", ");
}

const FIELDS = { speakers: "speaker", transcripts: "transcript", collections: "collection", since: "since", until: "until" };

/** The page of the passages found for `words`; it takes one filter of a kind. @param {string} words @param {Filters} filters */
export function searchAddress(words, filters) {
  const asked = new URLSearchParams({ q: words });
  for (const { key, value } of each(filters)) {
    for (const field of key === "day" ? ["since", "until"] : [FIELDS[key]]) {
      asked.set(field, value);
    }
  }
  return `/search?${asked}`;
}

/**
 * A filter as a chip with a button that takes it away.
 * @param {Filter} one @param {(one: Filter) => void} remove @param {string} [title] of a transcript @returns {HTMLElement}
 */
export function chip(one, remove, title) {
  const value = valueInWords(one, title);
  const away = button("", () => remove(one), "");
  away.setAttribute("aria-label", `Without: ${KINDS[one.key]} ${value}`);
  away.append(element("span", { "aria-hidden": "true" }, "×"));
  return element(
    "li",
    { class: "chip" },
    element("span", { class: "kind" }, KINDS[one.key]),
    element("bdi", { class: "chip-value" }, harmless(value)),
    away,
  );
}

/** The fields under the question. */
export class FilterFields {
  #suggested = false;

  /** @param {{toggle: HTMLButtonElement, fields: HTMLElement, chosen: HTMLElement, speaker: HTMLInputElement, speakers: HTMLElement, since: HTMLInputElement, until: HTMLInputElement, collection: HTMLSelectElement | null}} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {Filters} */
    this.value = everything();
    /** @type {Map<string, string>} of transcripts by id */
    this.titles = new Map();
    parts.toggle.addEventListener("click", () => this.toggle());
    parts.speaker.addEventListener("change", () => this.#speakerGiven());
    parts.speaker.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.#speakerGiven();
      }
    });
    for (const key of ["since", "until"]) {
      parts[key].addEventListener("change", () => this.set(withFilter(this.value, { key, value: parts[key].value })));
    }
    parts.collection?.addEventListener("change", () => {
      if (parts.collection.value) {
        this.set(withFilter(this.value, { key: "collections", value: parts.collection.value }));
        parts.collection.value = "";
      }
    });
  }

  /** Shows or hides the fields. */
  toggle(open = this.parts.fields.hidden) {
    this.parts.fields.hidden = !open;
    this.parts.toggle.setAttribute("aria-expanded", String(open));
    if (open) {
      this.#suggest();
      this.parts.speaker.focus();
    }
  }

  /** @param {Filters} value */
  set(value) {
    this.value = value;
    this.parts.since.value = value.since ?? "";
    this.parts.until.value = value.until ?? "";
    this.parts.chosen.replaceChildren(
      ...each(value).map((one) =>
        chip(
          one,
          (gone) => {
            this.set(without(this.value, gone));
            this.parts.toggle.focus();
          },
          this.titles.get(one.value),
        ),
      ),
    );
  }

  /** A speaker that is typed but not yet taken is meant all the same. @returns {Filters} */
  taken() {
    this.#speakerGiven();
    return this.value;
  }

  #speakerGiven() {
    const value = this.parts.speaker.value.trim();
    if (value) {
      this.parts.speaker.value = "";
      this.set(withFilter(this.value, { key: "speakers", value }));
    }
  }

  /** Who speaks in the archive, the most heard first; without it one types a name. */
  async #suggest() {
    if (this.#suggested) {
      return;
    }
    this.#suggested = true;
    try {
      const { speakers } = await getJSON("/api/speakers");
      const names = speakers.filter((one) => one.speaker).map((one) => one.name ?? one.label);
      this.parts.speakers.replaceChildren(
        ...[...new Set(names)].slice(0, MOST_SUGGESTED).map((value) => element("option", { value })),
      );
    } catch {
      this.#suggested = false;
    }
  }
}
