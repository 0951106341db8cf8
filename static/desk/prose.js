// The prose of the day's form: figures to choose from, a first draft, how it looks, what the fact check says.

import "./day.js";
import "./draft.js";
import "./figure_list.js";
import "./show_prose.js";
import "./facts.js";
