// What records/durations.py, leverage.py and formats.py compute, for figures that follow while typing.
// Exact: hours are BigInt counts of 1/10,000 h, minutes of 1/100 min; nothing passes through a float.
// tests/data/cases.json holds one table of cases for both sides.

export const DASH = "—";
export const EXAMPLES = "Try 5m, 1h 30m or 0.5h.";
export const HOURS_PLACES = 4;
export const MINUTES_PLACES = 2;

// The spaces of durations.py, spelled out: a browser's idea of a space is not Python's.
export const SPACES =
  "\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff\\u2000-\\u200b";

const LONGEST_TEXT = 60;
const QUOTED = 24;
const SECONDS_PER_MINUTE = 60n;
const SECONDS_PER_HOUR = 3600n;
const LONGEST = { hours: 999999999n, minutes: 999999999n };
const NUMBER = "[0-9][0-9,]*(?:\\.[0-9]+)?|[.,][0-9]+";
const GROUPED = /^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
const SIMPLE = /^[0-9]*(?:[.,][0-9]+)?$/;
const BARE = new RegExp(`^(?:${NUMBER})$`);
const CLOCK = /^([0-9]+):([0-5][0-9])$/;
const MINUTES_AFTER_HOURS = /h([0-5][0-9])$/;
const UNITS = [
  "w wk wks week weeks",
  "d day days",
  "h hr hrs hour hours",
  "m min mins minute minutes",
  "s sec secs second seconds",
].map((spellings) => spellings.split(" "));

/** A text that is no duration, or one that does not fit; its message says so in words for the page. */
export class NotADuration extends Error {}

/** An exact fraction of two BigInts, never negative. */
const fraction = (numerator, denominator = 1n) => ({ numerator, denominator });
const times = (a, b) => fraction(a.numerator * b.numerator, a.denominator * b.denominator);
const plus = (a, b) =>
  fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

/** A fraction in units of 10**-places, half away from zero. */
function rounded({ numerator, denominator }, places) {
  return (2n * numerator * 10n ** BigInt(places) + denominator) / (2n * denominator);
}

// ---- durations -------------------------------------------------------------------------------------

/** Hours in units of 1/10,000 h; a number alone is hours. Throws NotADuration. */
export function parseHours(text, hoursPerDay = "8", hoursPerWeek = "40") {
  return parsed(text, SECONDS_PER_HOUR, HOURS_PLACES, "hours", hoursPerDay, hoursPerWeek);
}

/** Minutes in units of 1/100 min; a number alone is minutes. Throws NotADuration. */
export function parseMinutes(text, hoursPerDay = "8", hoursPerWeek = "40") {
  return parsed(text, SECONDS_PER_MINUTE, MINUTES_PLACES, "minutes", hoursPerDay, hoursPerWeek);
}

/** Hours as a form shows them ("160h"), blank when unknown; parseHours reads them. */
export function writeHours(units) {
  return units === null ? "" : `${plain(units, HOURS_PLACES)}h`;
}

/** Minutes as a form shows them ("20m"), blank when unknown; parseMinutes reads them. */
export function writeMinutes(units) {
  return units === null ? "" : `${plain(units, MINUTES_PLACES)}m`;
}

function parsed(text, unitSeconds, places, unit, hoursPerDay, hoursPerWeek) {
  const sizes = [
    times(number(hoursPerWeek), fraction(SECONDS_PER_HOUR)),
    times(number(hoursPerDay), fraction(SECONDS_PER_HOUR)),
    fraction(SECONDS_PER_HOUR),
    fraction(SECONDS_PER_MINUTE),
    fraction(1n),
  ];
  const seconds = secondsOf(text, unitSeconds, sizes);
  const units = rounded(times(seconds, fraction(1n, unitSeconds)), places);
  if (units > LONGEST[unit]) {
    const longest = quantity(LONGEST[unit], places);
    throw new NotADuration(`“${quoted(text)}” is too long: at most ${longest} ${unit} fit.`);
  }
  return units;
}

function secondsOf(text, unitSeconds, sizes) {
  const refusal = new NotADuration(`“${quoted(text)}” is not a duration. ${EXAMPLES}`);
  if ([...text].length > LONGEST_TEXT) throw refusal;
  const typed = spaced(halfWidth(text)).toLowerCase();
  const negative = /^[-−–]/.test(typed);
  const seconds = plainSeconds(negative ? typed.slice(1).trimStart() : typed, unitSeconds, sizes);
  if (seconds === null) throw refusal;
  if (negative) throw new NotADuration(`“${quoted(text)}” is negative. ${EXAMPLES}`);
  return seconds;
}

function plainSeconds(typed, unitSeconds, sizes) {
  const clock = CLOCK.exec(typed);
  if (clock) return fraction(BigInt(clock[1]) * SECONDS_PER_HOUR + BigInt(clock[2]) * SECONDS_PER_MINUTE);
  if (BARE.test(typed)) {
    const value = number(typed);
    return value && times(value, fraction(unitSeconds));
  }
  return sumOfParts(typed.replace(MINUTES_AFTER_HOURS, "h$1m"), sizes);
}

function sumOfParts(typed, sizes) {
  const part = new RegExp(`(${NUMBER}) ?([a-z]+) ?`, "y");
  let total = fraction(0n);
  let rankBefore = -1;
  while (part.lastIndex < typed.length) {
    const found = part.exec(typed);
    const rank = found ? UNITS.findIndex((spellings) => spellings.includes(found[2])) : -1;
    const value = found && number(found[1]);
    if (!value || rank <= rankBefore) return null;
    total = plus(total, times(value, sizes[rank]));
    rankBefore = rank;
  }
  return rankBefore >= 0 ? total : null;
}

function number(typed) {
  if (GROUPED.test(typed)) return decimal(typed.replaceAll(",", ""));
  return SIMPLE.test(typed) ? decimal(typed.replace(",", ".")) : null;
}

function decimal(typed) {
  const [whole, decimals = ""] = typed.split(".");
  return fraction(BigInt(whole + decimals || "0"), 10n ** BigInt(decimals.length));
}

function halfWidth(text) {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function spaced(text) {
  return text.replace(new RegExp(`[${SPACES}]+`, "g"), " ").replace(/^ | $/g, "");
}

function quoted(text) {
  const characters = [...text];
  const shown = [...spaced(characters.slice(0, 2 * QUOTED).join(""))];
  if (shown.length <= QUOTED && characters.length <= 2 * QUOTED) return shown.join("");
  return `${shown.slice(0, QUOTED).join("")}…`;
}

// ---- factors and totals ----------------------------------------------------------------------------

/** Human hours x 60 / minutes as an exact fraction, null when a part is unknown or the minutes are 0. */
export function factor(hoursUnits, minutesUnits) {
  if (hoursUnits === null || !minutesUnits) return null;
  return fraction(hoursUnits * 60n * 100n, minutesUnits * 10_000n);
}

/**
 * The sums and weighted averages of rows {humanHours, agentMinutes, supervisoryMinutes, tokens}, each a
 * BigInt or null. An average counts the rows of which both parts are known, and says how many those are.
 */
export function totals(rows) {
  return {
    tasks: rows.length,
    humanHours: sum(rows.map((row) => row.humanHours)),
    agentMinutes: sum(rows.map((row) => row.agentMinutes)),
    supervisoryMinutes: sum(rows.map((row) => row.supervisoryMinutes)),
    tokens: sum(rows.map((row) => row.tokens)),
    tokensKnown: rows.filter((row) => known(row.tokens)).length,
    leverage: weighted(rows, "agentMinutes"),
    supervision: weighted(rows, "supervisoryMinutes"),
  };
}

const known = (value) => value !== null && value !== undefined;

function sum(values) {
  const present = values.filter(known);
  return present.length ? present.reduce((total, value) => total + value, 0n) : null;
}

function weighted(rows, minutes) {
  const both = rows.filter((row) => known(row.humanHours) && known(row[minutes]));
  const hours = sum(both.map((row) => row.humanHours)) ?? 0n;
  return {
    value: factor(hours, sum(both.map((row) => row[minutes])) ?? 0n),
    tasks: both.length,
    ofTasks: rows.length,
    isPartial: both.length < rows.length,
  };
}

// ---- how figures are written -----------------------------------------------------------------------

/** One task's factor: up to two decimals, trailing zeros cut down to one (480.0, 137.14, 22.5). */
export function taskFactor(value) {
  return value === null ? DASH : grouped(rounded(value, 2), 2, 1);
}

/** A weighted average: exactly one decimal (119.5). */
export function averageFactor(value) {
  return value === null ? DASH : grouped(rounded(value, 1), 1, 1);
}

/** Hours or minutes with the decimals they have and no more (1,222.75). */
export function quantity(units, places) {
  return units === null ? DASH : grouped(units, places, 0);
}

/** Units of 10**-places as a plain number: no comma, trailing zeros cut. */
export function plain(units, places) {
  const { whole, decimals } = cut(units, places, 0);
  return decimals ? `${whole}.${decimals}` : whole;
}

function grouped(units, places, atLeast) {
  const { whole, decimals } = cut(units, places, atLeast);
  const thousands = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
  return decimals ? `${thousands}.${decimals}` : thousands;
}

function cut(units, places, atLeast) {
  const digits = units.toString().padStart(places + 1, "0");
  const decimals = digits.slice(digits.length - places).replace(/0+$/, "").padEnd(atLeast, "0");
  return { whole: digits.slice(0, digits.length - places), decimals };
}
