// Requests to this server: the CSRF token goes along, and what it refuses becomes a Refusal.

/**
 * Problem details (RFC 9457) as the server sends them.
 * @typedef {{type: string, title: string, status: number, detail: string, errors?: {field: string, detail: string}[]}} Problem
 */

/** What the server, or the way to it, said no to. `message` can be shown. */
export class Refusal extends Error {
  /** @param {Problem} problem @param {number | null} [retryAfter] seconds after which one may try again */
  constructor(problem, retryAfter = null) {
    super(problem.detail || problem.title);
    this.name = "Refusal";
    this.status = problem.status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/**
 * A request. Refusal where it is answered with an error or can't be sent; AbortError where `signal` stops it.
 * @param {string} path
 * @param {{method?: string, json?: unknown, body?: BodyInit, accept?: string, signal?: AbortSignal}} [asked]
 * @returns {Promise<Response>}
 */
export async function send(path, { method, json, body, accept = "application/json", signal } = {}) {
  const headers = { Accept: accept };
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) {
    headers["X-CSRF-Token"] = token;
  }
  if (json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(json);
  }
  let response;
  try {
    response = await fetch(path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers,
      body,
      signal,
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Refusal(unreachable());
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

/** What `path` gives, as JSON; nothing where it gives nothing. The same errors as `send`. */
export async function getJSON(path, asked) {
  const response = await send(path, asked);
  return response.status === 204 ? undefined : response.json();
}

/** What `path` gives for `json`, as JSON. The same errors as `send`. */
export function postJSON(path, json, asked = {}) {
  return getJSON(path, { ...asked, method: "POST", json });
}

/** What `path` gives, as text. The same errors as `send`. */
export async function getText(path, asked = {}) {
  return (await send(path, { accept: "text/html", ...asked })).text();
}

/** @param {Response} response @returns {Promise<Refusal>} */
async function refusal(response) {
  const after = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  let problem = null;
  try {
    problem = await response.json();
  } catch {
    // No problem details: a proxy in between, perhaps.
  }
  return new Refusal(
    problem?.detail || problem?.title
      ? problem
      : { type: "about:blank", title: response.statusText, status: response.status, detail: inWords(response) },
    Number.isNaN(after) ? null : after,
  );
}

/** @param {Response} response */
function inWords(response) {
  return `The server answered ${response.status}${response.statusText ? ` (${response.statusText})` : ""}.`;
}

/** @returns {Problem} */
function unreachable() {
  return {
    type: "about:blank",
    title: "Not reachable",
    status: 0,
    detail: "The server can't be reached. Is it still running, and is there a connection?",
  };
}
