// What is pasted or dropped, before anything is read of it; and a paste that never arrived, kept in this tab.

const KEY = "desk-pasted";
const NOT_KEPT = ["csrfmiddlewaretoken"];
const HEAD = /\b(?:task|description)/i;
const HUMAN = /human|\best\b|estimate/i;
const REST = /claude|agent|\bai\b|sup|lev|factor|\blf\b/i;
const TABLE = /<table[\s>]/i;
const LONGEST_HEAD = 300;

/** Whether a text is more than a word or two for one field. */
export const isSeveralLines = (text) => /\S[ \t]*[\n\r]+[ \t]*\S/.test(text);

/** Whether a text or its markup holds the log of a record: a line of headings that a table of rows has. */
export function looksLikeRecord(text) {
  const heads = (line) => line.length < LONGEST_HEAD && HEAD.test(line) && HUMAN.test(line) && REST.test(line);
  if (!TABLE.test(text)) return isSeveralLines(text) && text.split(/[\n\r]+/).some(heads);
  const rows = text.split(/<\/?tr\b[^>]*>/i);
  return rows.map((row) => row.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")).some(heads);
}

/** What a clipboard says best: its markup where that holds a table of which the plain text lost the cells. */
export function bestOf(clipboard) {
  const [plain, html] = [clipboard.getData("text/plain"), clipboard.getData("text/html")];
  return TABLE.test(html) && !plain.includes("\t") ? html : plain;
}

/** Keep what is about to be sent, in case it does not arrive; a text too large for that is not kept. */
export function keep(form, submitter) {
  const sent = [...new FormData(form, submitter)];
  const typed = sent.filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
  try {
    sessionStorage.setItem(KEY, JSON.stringify(typed));
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    sessionStorage.removeItem(KEY);
  }
}

/** It arrived: nothing has to be kept any longer. */
export const arrived = () => sessionStorage.removeItem(KEY);

/** What was kept, as names with values; empty when nothing was. */
export const kept = () => JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
