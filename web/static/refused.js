// A file that was not added: what it is, and what to do about it, in words.

// What the server says of a file that nobody there reads ends with the formats as programs name them.
const FORMATS = /; the formats that are read here: .*$/s;

const READ =
  "What is read: plain text (.txt) and Markdown with the speakers’ names before their words, subtitles (.srt, .vtt), and the JSON of transcription services.";

/** What to do with a file, by how the server's words on it begin; the first that fits. */
const ADVICE = [
  [/^PDF /, "Save its text as a plain text file (.txt) and add that. A scanned PDF needs text recognition first."],
  [/^(DOCX|RTF|OpenDocument|an old Microsoft Office document|EPUB|PPTX|XLSX)/, "Save it as plain text (.txt) and add that."],
  [/^(HTML|XML) /, "Save its text as a plain text file (.txt) and add that."],
  [/^(SAMI|TTML|SCC|YouTube|MicroDVD|SubStation|SubViewer|LRC)/, "Save these captions as SRT or WebVTT and add that."],
  [/^a (sound|video)/, "Have the recording transcribed and add the transcript: as text, as subtitles, or as the JSON of the service."],
  [/ image/, "A picture needs text recognition first: add its text as a plain text file (.txt)."],
  [/unpack it first/, "Unpack it and add the files that were in it."],
  [/^no labels/, "Write who speaks before what they say, each at the head of a line (“MAYOR VARLEY: Good evening.”), and add it again."],
];

/** What is said of a file that was refused, a paragraph each. @param {string} error the server's words on it @returns {string[]} */
export function refusedInWords(error) {
  const why = error.replace(FORMATS, "");
  if (why === error) {
    return [error];
  }
  const advice = ADVICE.find(([kind]) => kind.test(why))?.[1];
  return [`${why.charAt(0).toUpperCase()}${why.slice(1)}.`, [advice, READ].filter(Boolean).join(" ")];
}
