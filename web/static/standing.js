// Whether the quotes of an answer that was given earlier stand in the record as it is today.

import { element } from "./element.js";
import { postJSON, Refusal } from "./http.js";
import { day } from "./wording.js";

/** A note where some of them do not; nothing where all do, or where the server can't be asked. @param {any} answer */
export async function standing(answer) {
  if (!answer.citations.length) {
    return null;
  }
  let citations;
  try {
    ({ citations } = await postJSON("/api/receipts/verify", answer));
  } catch (error) {
    if (error instanceof Refusal) {
      return null;
    }
    throw error;
  }
  const numbers = (state) => citations.filter((one) => one.state === state).map((one) => `[${one.number}]`);
  const changed = numbers("changed");
  const removed = numbers("removed");
  if (!changed.length && !removed.length) {
    return null;
  }
  const said = [
    changed.length ? `The record reads otherwise today: ${changed.join(", ")}.` : "",
    removed.length ? `No longer in the record: ${removed.join(", ")}.` : "",
  ];
  return element(
    "p",
    { class: "note warn" },
    element("strong", {}, `Given on ${day(answer.asked_at.slice(0, 10))}. `),
    said.filter(Boolean).join(" "),
  );
}
