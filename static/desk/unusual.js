// Figures that are possible and seldom meant, in the words of records/summaries/unusual.py: never a refusal.

import * as figures from "./figures.js";

const HIGHEST = 10_000n;
const SHORTEST = 100n; // a minute, in units of 1/100 min
const WEEKS = 26n;
const ASKED = "Is every unit right?";

function* ofTime(humanHours, agentMinutes, hoursPerWeek) {
  const most = figures.parseHours(hoursPerWeek) * WEEKS;
  const hours = (units) => `${figures.quantity(units, figures.HOURS_PLACES)} h`;
  if (humanHours !== null && humanHours > most) {
    yield `${hours(humanHours)} is more than half a year of work, ${hours(most)}.`;
  }
  if (agentMinutes !== null && agentMinutes < SHORTEST) {
    yield `${figures.quantity(agentMinutes, figures.MINUTES_PLACES)} min is less than a minute.`;
  }
}

function* ofFactor(humanHours, agentMinutes) {
  const factor = figures.factor(humanHours, agentMinutes);
  if (!factor) return;
  const { numerator, denominator } = factor;
  const written = `${figures.taskFactor(factor)}×`;
  if (numerator < denominator) yield `${written} says that the agent took longer than a human would have.`;
  else if (numerator > denominator * HIGHEST) yield `${written} is beyond ${figures.quantity(HIGHEST, 0)}×.`;
}

/** What is unusual about a task's hours and minutes, in units and null where unknown; blank when nothing is. */
export function remarks(humanHours, agentMinutes, hoursPerWeek = "40") {
  const said = [...ofTime(humanHours, agentMinutes, hoursPerWeek), ...ofFactor(humanHours, agentMinutes)];
  return said.length ? [...said, ASKED].join(" ") : "";
}
