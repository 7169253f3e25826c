// Days, times, numbers and addresses in words, and text made harmless to show: as web/pages/wording.py and harmless.py do.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

// Controls, and what turns the order of letters about.
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/gu;

const grouped = new Intl.NumberFormat("en");

/** `2021-05-11` as `11 May 2021`; what is no date as it is, none as no words. @param {string | null | undefined} written */
export function day(written) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written ?? "");
  return parts ? `${Number(parts[3])} ${MONTHS[Number(parts[2]) - 1]} ${Number(parts[1])}` : (written ?? "");
}

/** `3723.4` as `1:02:03`; none as no words. @param {number | null | undefined} seconds */
export function clock(seconds) {
  if (seconds === null || seconds === undefined) {
    return "";
  }
  const whole = Math.floor(seconds);
  const [hour, minute, second] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hour ? `${hour}:${two(minute)}:${two(second)}` : `${minute}:${two(second)}`;
}

/** `12345` as `12,345`. @param {number} number */
export function count(number) {
  return grouped.format(number);
}

/** `1 turn`, `2,000 turns`. @param {number} number @param {string} one @param {string} [more] */
export function several(number, one, more = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : more}`;
}

// Without both strokes a browser takes it for a path of this server.
const WITH_A_HOST = /^\s*https?:\/\/[^/]/i;

/** `address` where a browser may follow it: of http or https, with a host; null of any other. @param {string | null} address */
export function webAddress(address) {
  if (!WITH_A_HOST.test(address ?? "")) {
    return null;
  }
  try {
    return new URL(address).hostname ? address : null;
  } catch {
    return null;
  }
}

/** `text` with a mark for each character that steers; line feeds and tabs stay. @param {string} text */
export function harmless(text) {
  return text.replace(STEERING, (found) => {
    const code = found.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });
}
