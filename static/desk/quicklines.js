// What records/quicklines.py reads: lines that are tasks, and rows copied from a spreadsheet or a record.
// The grammar is written down there; tests/data/cases.json holds one table of cases for both sides.

import { NotADuration, SPACES, parseHours, parseMinutes, writeHours, writeMinutes } from "./figures.js";

export const EXAMPLE = "Team wiki full build: 64 files #full-stack 480h 90m 5m";

const LONGEST_TEXT = 20_000;
const LONGEST_LINE = LONGEST_TEXT + 500;
const LIST_MARK = new RegExp(`^(?:[-*•][${SPACES}]+)+`);
const TAG = /^#\p{L}/u;
const FIGURE_START = /^[0-9０-９.,?–—−-]/;
const WITH_UNIT = /^[0-9.,].*[a-z]$/is;
const HOURS_OR_MINUTES = /^[0-9.,]+[hm]/i;
const SPACE_BEFORE_UNIT = new RegExp(`([0-9])[${SPACES}]+(?=[a-zA-Z])`, "g");
const UNKNOWN = ["", "-", "–", "—", "?"];
const ROW_NUMBER = /^(?:#?|[0-9]{1,4}\.?)$/;
const FACTOR = /^[0-9][0-9,.]*[ ]?[x×]$/;
const HEADINGS = ["task", "tasks", "text", "name", "description", "what", "category"];
const CONTROL = /[\x00-\x08\x0e-\x1f\x7f]/;
const FIELDS = [
  { field: "human_hours", name: "human hours", parse: parseHours, write: writeHours },
  { field: "agent_minutes", name: "agent minutes", parse: parseMinutes, write: writeMinutes },
  { field: "supervisory_minutes", name: "supervisory minutes", parse: parseMinutes, write: writeMinutes },
];

/** A line that cannot be read; its message says why in words for the page. */
export class NotAQuickLine extends Error {}

/**
 * Rows for the day form from whatever was pasted: [{text, category, human_hours, agent_minutes,
 * supervisory_minutes, fault}], all strings, "" for what is unknown. A line that cannot be read becomes a row
 * with the whole line as its text and the fault in words, so that nothing is lost. `categories` maps slugs to
 * names; `lengths` holds the hours in a day and in a week.
 */
export function rowsFromPaste(pasted, categories, lengths = ["8", "40"]) {
  return pasted
    .split(/\r\n|\r|\n/)
    .filter((line) => trimmed(line) && !trimmed(line).startsWith("```") && !isHeading(line))
    .map((line) => row(line, categories, lengths));
}

/** Whether pasted text is more than a word or two for one field: several lines, cells, or figures. */
export function isRows(pasted) {
  return /[\t\n\r]/.test(trimmed(pasted));
}

/** One line as such a row, without a fault. Throws NotAQuickLine. */
export function parseQuickLine(line, categories, lengths = ["8", "40"]) {
  const { text, category, figures } = split(line, categories);
  return { ...figuresOf(figures, lengths), text: checked(text), category };
}

/** A name as it is compared: no case, no accents, a hyphen for whatever is neither letter nor digit. */
export function key(name) {
  const bare = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}

function row(line, categories, lengths) {
  try {
    return { ...parseQuickLine(line, categories, lengths), fault: "" };
  } catch (fault) {
    if (!(fault instanceof NotAQuickLine)) throw fault;
    const blank = Object.fromEntries(FIELDS.map(({ field }) => [field, ""]));
    return { ...blank, text: trimmed(line), category: "", fault: fault.message };
  }
}

function split(line, categories) {
  if (CONTROL.test(line)) {
    throw new NotAQuickLine("The line holds a control character. Type it anew, or paste it as plain text.");
  }
  if ([...line].length > LONGEST_LINE) throw tooLong([...line].length);
  if (trimmed(line).includes("\t")) return fromCells(line, categories);
  let typed = trimmed(line).replace(LIST_MARK, "");
  if (/^`[^]*`$/.test(typed) && typed.length > 1) typed = trimmed(typed.slice(1, -1));
  const words = wordsOf(typed);
  const tag = tagOf(words);
  if (!tag) {
    const first = firstFigure(words);
    const end = first < words.length ? words[first].start : typed.length;
    return { text: typed.slice(0, end), category: "", figures: words.slice(first).map(({ word }) => word) };
  }
  const tail = typed.slice(tag.start + tag.word.length).replace(SPACE_BEFORE_UNIT, "$1");
  return {
    text: typed.slice(0, tag.start),
    category: categoryOf(tag.word.slice(1), categories),
    figures: wordsOf(tail).map(({ word }) => word),
  };
}

function trimmed(text) {
  const words = wordsOf(text);
  if (!words.length) return "";
  const last = words[words.length - 1];
  return text.slice(words[0].start, last.start + last.word.length);
}

function wordsOf(text) {
  const found = text.matchAll(new RegExp(`[^${SPACES}]+`, "g"));
  return Array.from(found, (match) => ({ word: match[0], start: match.index }));
}

function tagOf(words) {
  const place = words.findLastIndex(({ word }) => TAG.test(word));
  if (place < 0) return null;
  const after = words[place + 1];
  return !after || FIGURE_START.test(after.word) ? words[place] : null;
}

function firstFigure(words) {
  let first = words.length;
  while (first > 1 && isFigureWithUnit(words[first - 1].word)) first -= 1;
  const alone = words.length - first === 1;
  return alone && !HOURS_OR_MINUTES.test(words[first].word) ? words.length : first;
}

function isFigureWithUnit(word) {
  const bare = unpunctuated(word);
  return WITH_UNIT.test(bare) && isDuration(bare);
}

function isDuration(word) {
  try {
    parseHours(word);
    return true;
  } catch (fault) {
    if (fault instanceof NotADuration) return false;
    throw fault;
  }
}

function unpunctuated(word) {
  let end = word.length;
  while (end && ".,;".includes(word[end - 1])) end -= 1;
  return word.slice(0, end);
}

function checked(text) {
  const shown = trimmed(text);
  const length = [...shown].length;
  if (!shown) throw new NotAQuickLine(`The text is missing. Try “${EXAMPLE}”.`);
  if (length > LONGEST_TEXT) throw tooLong(length);
  return shown;
}

function tooLong(length) {
  const [has, fit] = [length, LONGEST_TEXT].map((count) => count.toLocaleString("en-US"));
  return new NotAQuickLine(`The text has ${has} characters; at most ${fit} fit.`);
}

function figuresOf(typed, lengths) {
  if (typed.length > FIELDS.length) {
    throw new NotAQuickLine(
      `${typed.length} durations, where there are three: human hours, agent minutes, supervision. ` +
        "Write 1h30m without a space.",
    );
  }
  return Object.fromEntries(FIELDS.map((each, i) => [each.field, figure(typed[i] ?? "", each, lengths)]));
}

function figure(typed, { name, parse, write }, lengths) {
  const bare = unpunctuated(typed);
  if (UNKNOWN.includes(bare)) return "";
  const units = inWords(() => parse(bare, ...lengths));
  if (!units && name !== "supervisory minutes") {
    throw new NotAQuickLine(`“${bare}” cannot be the ${name}: what is not known is left out or written -.`);
  }
  return write(units);
}

function inWords(parse) {
  try {
    return parse();
  } catch (fault) {
    throw fault instanceof NotADuration ? new NotAQuickLine(fault.message) : fault;
  }
}

function categoryOf(tag, categories) {
  const wanted = key(tag);
  const slugs = Object.keys(categories);
  const spellings = Object.fromEntries(slugs.map((slug) => [slug, [key(slug), key(categories[slug])]]));
  const exact = slugs.filter((slug) => spellings[slug].includes(wanted));
  const found = exact.length
    ? exact
    : slugs.filter((slug) => spellings[slug].some((spelling) => spelling.startsWith(wanted)));
  if (found.length === 1) return found[0];
  if (!slugs.length) {
    throw new NotAQuickLine(`“#${tag}” is no category: there are none yet. Leave it out.`);
  }
  if (found.length) throw new NotAQuickLine(`“#${tag}” may be ${either(found.sort())}. Write more of it.`);
  throw new NotAQuickLine(`“#${tag}” is no category. Try ${either(nearest(wanted, spellings))}.`);
}

function nearest(wanted, spellings) {
  const alike = Object.entries(spellings).map(([slug, keys]) => ({
    slug,
    likeness: Math.max(...keys.map((spelling) => likeness(wanted, spelling))),
  }));
  alike.sort((a, b) => b.likeness - a.likeness || (a.slug < b.slug ? -1 : 1));
  return alike.slice(0, 3).map(({ slug }) => slug);
}

// Shared pairs of letters (Dice's coefficient), as in quicklines.py.
function likeness(one, other) {
  const [a, b] = [[...one], [...other]].map(
    (letters) => new Set(letters.slice(0, -1).map((letter, i) => letter + letters[i + 1])),
  );
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return a.size || b.size ? (2 * shared) / (a.size + b.size) : 0;
}

function either(slugs) {
  const marked = slugs.map((slug) => `#${slug}`);
  const last = marked.pop();
  return marked.length ? `${marked.join(", ")} or ${last}` : last;
}

function fromCells(line, categories) {
  let cells = line.split("\t").map(trimmed).filter((cell) => !FACTOR.test(cell));
  if (cells.length > 1 && ROW_NUMBER.test(cells[0])) cells = cells.slice(1);
  const [text = "", ...rest] = cells;
  const first = rest[0] ?? "";
  const hasCategory =
    rest.length > 0 && (UNKNOWN.includes(first) ? rest.length > 3 : !FIGURE_START.test(first));
  const named = hasCategory && !UNKNOWN.includes(first);
  return {
    text,
    category: named ? categoryOf(first.replace(/^#/, ""), categories) : "",
    figures: hasCategory ? rest.slice(1, 4) : rest.slice(0, 3),
  };
}

function isHeading(line) {
  const cells = line.split("\t").map(trimmed);
  const named = cells.slice(0, 3).some((cell) => HEADINGS.includes(key(cell)));
  return cells.length > 1 && named && !cells.some((cell) => FIGURE_START.test(cell));
}
