// Adding files: each is sent by itself, its job followed until it is settled, and what the reader saw shown.

import { getJSON, send } from "./http.js";
import { JobRow } from "./job.js";

const AT_ONCE = 2;
const SOON = 400;
const LATER = 2_000;

/** Files on their way into the archive, a row of `list` each. */
export class Adding {
  /**
   * @param {HTMLElement} list @param {() => string} collection into which files go, "" for none
   * @param {(settled: number, failed: number, of: number) => void} tell called when a file is settled
   */
  constructor(list, collection, tell) {
    this.list = list;
    this.collection = collection;
    this.tell = tell;
    this.waiting = [];
    this.sending = 0;
    /** @type {Map<string, JobRow>} */
    this.followed = new Map();
    this.rows = [];
    this.delay = SOON;
  }

  /** @param {Iterable<File>} files */
  add(files) {
    for (const file of files) {
      const name = PLACES.get(file) ?? file.name;
      const row = new JobRow(name);
      this.rows.push(row);
      this.list.prepend(row.element);
      this.waiting.push({ file, name, row, collection: this.collection() });
    }
    this.#send();
  }

  #send() {
    while (this.sending < AT_ONCE && this.waiting.length) {
      this.sending += 1;
      this.#sendOne(this.waiting.shift()).finally(() => {
        this.sending -= 1;
        this.#send();
      });
    }
  }

  async #sendOne({ file, name, row, collection }) {
    row.show({ state: "sending", done: 0, of: 0 });
    const form = new FormData();
    form.append("file", file, name);
    if (collection) {
      form.append("collection", collection);
    }
    try {
      const response = await send("/api/transcripts", { method: "POST", body: form });
      const [job] = (await response.json()).jobs;
      row.show(job);
      if (row.settled) {
        this.#told();
        return;
      }
      const isFirst = !this.followed.size;
      this.followed.set(job.id, row);
      this.delay = SOON;
      if (isFirst) {
        this.#follow();
      }
    } catch (error) {
      row.show({ state: "failed", done: 0, of: 0, error: withoutName(error.message, name) });
      this.#told();
    }
  }

  /** Asks for the jobs until none is followed any more. */
  async #follow() {
    while (this.followed.size) {
      await new Promise((resolve) => setTimeout(resolve, this.delay));
      this.delay = Math.min(LATER, this.delay * 1.25);
      const followed = [...this.followed];
      let jobs;
      try {
        ({ jobs } = await getJSON("/api/jobs"));
      } catch (error) {
        this.#lost(error);
        continue;
      }
      const known = new Map(jobs.map((job) => [job.id, job]));
      for (const [id, row] of followed) {
        const job = known.get(id) ?? { state: "failed", done: 0, of: 0, error: FORGOTTEN };
        row.show(job.state === "done" ? await whole(job) : job);
        if (row.settled) {
          this.followed.delete(id);
          this.delay = SOON;
          this.#told();
        }
      }
    }
  }

  /** The server can't be asked; that may pass, unless it refuses. */
  #lost(error) {
    this.delay = error.retryAfter ? error.retryAfter * 1_000 : LATER;
    if (error.status === 401 || error.status === 403) {
      for (const row of this.followed.values()) {
        row.show({ state: "failed", done: 0, of: 0, error: error.message });
      }
      this.followed.clear();
      this.#told();
    }
  }

  #told() {
    const settled = this.rows.filter((row) => row.settled);
    this.tell(settled.length, settled.filter((row) => row.failed).length, this.rows.length);
  }
}

/** The job with what the reader saw, which the list of all leaves out; without it where it can't be had. */
async function whole(job) {
  try {
    return await getJSON(`/api/jobs/${job.id}`);
  } catch {
    return job;
  }
}

const FORGOTTEN = "The server was started anew and knows nothing of this file any more; add it again.";

/** The server's words on a file begin with its name, which the row has already. */
function withoutName(message, name) {
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
}

/**
 * Where a file stands in the folder that was dropped: two of one name in different folders are two transcripts.
 * @type {WeakMap<File, string>}
 */
const PLACES = new WeakMap();

/** The files in what is dropped, those in folders too. @param {DataTransfer} dropped @returns {Promise<File[]>} */
export async function filesIn(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) {
    return [...dropped.files];
  }
  return (await Promise.all(entries.map(within))).flat();
}

/** @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function within(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    const place = entry.fullPath.split("/").slice(2).join("/");
    if (place) {
      PLACES.set(file, place);
    }
    return [file];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) {
      return found;
    }
    for (const one of some) {
      found.push(...(await within(one)));
    }
  }
}
