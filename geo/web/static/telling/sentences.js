// Sentences: what was understood and found, in words, each thing said once, as
// geo/search/sentences.py.

import { wall } from "./say.js";

/** @typedef {import("../engine/ask.js").Found} Found */
/** @typedef {import("./say.js").Say} Say */

/**
 * Return what an area is called.
 * @param {import("../engine/understanding.js").Area} area
 * @param {Record<string, string>} counties their names by key
 */
export const areaName = ([key, kind, name], counties) => (kind === "county" ? counties[key] : name);

/**
 * Return how many places there are and where, or that there are none.
 * @param {Found} found
 * @param {Say} say
 * @param {Record<string, string>} counties
 * @param {boolean} withOpen whether to add how many are open
 */
export function headline(found, say, counties, withOpen) {
  const count = found.places.length;
  if (!count) return nothing(found, say);
  let places = say.many("{n} place", "{n} places", count);
  if (found.where) {
    const told = { places, place: areaName(found.where, counties) };
    const isCounty = found.where[1] === "county";
    places = isCounty ? say("{places} for {place}", told) : say("{places} near {place}", told);
  }
  if (!withOpen || !found.open) return places;
  return say("{places}, {open} known to be open now", { places, open: say.number(found.open) });
}

/**
 * Return in one sentence that nothing was found.
 * @param {Found} found
 * @param {Say} say
 */
export function nothing(found, say) {
  if (!found.left_out.length || found.fitted) return say("Nothing fits all of this");
  return say("Nothing on this list fits “{words}”.", { words: found.left_out.join(", ") });
}

/**
 * Return what else there is to know of how the words were taken, first what matters most.
 * @param {Found} found
 * @param {Say} say
 */
export function notes(found, say) {
  const told = [];
  if (found.understood) told.push(say("Searched for: {words}", { words: found.understood }));
  if (found.left_out.length && found.fitted) {
    told.push(
      say.many(
        "Nothing on this list fits “{words}”. We left it out.",
        "Nothing on this list fits “{words}”. We left them out.",
        found.left_out.length,
        { words: found.left_out.join(", ") },
      ),
    );
  }
  if (found.unsaid.length) {
    told.push(
      say(
        "No place here says that it helps with “{words}”. Call 211 and ask. These places give the same kind of help.",
        { words: found.unsaid.join(", ") },
      ),
    );
  } else if (found.partly) {
    told.push(say("No place fits all of it. Those that fit the most come first."));
  }
  if (found.unknown) {
    told.push(
      say.many(
        "{n} more place may be open: its hours are not known.",
        "{n} more places may be open: their hours are not known.",
        found.unknown,
      ),
    );
  }
  return told;
}

/** @type {Record<string, (say: Say, n: string) => string>} */
const WITHOUT = {
  types: (say, n) => say("Show every kind of help ({n})", { n }),
  words: (say, n) => say("Leave my words out ({n})", { n }),
  where: (say, n) => say("Search both counties ({n})", { n }),
  within_miles: (say, n) => say("Show any distance ({n})", { n }),
  open_at: (say, n) => say("Show any time ({n})", { n }),
  languages: (say, n) => say("Show any language ({n})", { n }),
  free: (say, n) => say("Also if not known to be free ({n})", { n }),
  walk_in: (say, n) => say("Also if an appointment may be needed ({n})", { n }),
  no_documents: (say, n) => say("Also if papers may be asked ({n})", { n }),
  wheelchair: (say, n) => say("Also if wheelchair access is not known ({n})", { n }),
};

/**
 * Return the ways on when nothing was found: each filter without which there are places.
 * @param {Found} found
 * @param {Say} say
 */
export function waysOn(found, say) {
  return found.emptied_by
    .filter(([name, count]) => count > 0 && !(name === "where" && found.where_said))
    .map(([name, count]) => ({ name, label: WITHOUT[name](say, say.number(count)) }));
}

/**
 * Return of which day and hour the list is: an open page goes on with it, also without a server.
 * @param {{say: Say, at: number}} stock
 */
export function asOf({ say, at }) {
  const told = wall(at);
  return say("The list is as of {day}, {time}.", { day: say.day(told), time: say.time(told) });
}
