// Lines: which lines to call answer a question, in the order to show them, as geo/search/lines.py.

import { anyOf } from "./places.js";

/**
 * Return the lines for a question, and how many of them, the first, are for what is asked.
 * @param {import("./places.js").Places} index
 * @param {import("./understanding.js").Area | null} where
 * @param {string[]} chosen types
 * @param {import("./match.js").Match | null} wanted
 * @param {Map<string, string[]>} nextTo
 * @returns {[number[], number]}
 */
export function called(index, where, chosen, wanted, nextTo) {
  const all = index.lines.map((number, k) => ({
    number,
    ranks: index.lineRanks[k],
    isForAnything: Boolean(index.forAnything[k]),
    isReports: Boolean(index.reports[k]),
    type: index.lineTypes[k],
  }));
  const near = where ? anyOf(index, index.counties, [where[3]]) : null;
  let serving = all.filter(({ number }) => !near || near[number]);
  if (chosen.length) {
    const isFor = anyOf(index, index.kinds, chosen);
    const forTypes = serving.filter(({ number }) => isFor[number]);
    if (forTypes.length) serving = forTypes;
  }
  const asked = new Set(chosen.length ? chosen : wanted?.types);
  if (asked.size > 1) asked.delete("hotline");
  const meant = anyOf(index, index.kinds, [
    ...asked,
    ...[...asked].flatMap((type) => nextTo.get(type) ?? []),
  ]);
  const named = (/** @type {number} */ number) => wanted?.named[number] ?? 0;
  const most = Math.max(0, ...serving.map(({ number }) => named(number)));
  const isNarrow = chosen.length > 0 || wanted !== null;
  const [firstLocal, afterLocal] = index.local;
  const told = serving.map((line) => {
    const { number, ranks } = line;
    const byName = named(number) > 0 && named(number) === most && !chosen.length;
    const isFit = Boolean(meant[number]) || byName;
    return {
      ...line,
      fits: isFit && (chosen.length > 0 || !line.isReports || byName),
      isElsewhere: !where && ranks[1] >= firstLocal && ranks[1] < afterLocal,
    };
  });
  const anyFits = told.some(({ fits }) => fits);
  const isLead =
    told.some(({ isForAnything, fits }) => isForAnything && fits) || !anyFits || !isNarrow;
  const leading = isLead ? told.filter(({ isForAnything }) => isForAnything) : [];
  const rank = (/** @type {typeof told[0]} */ one) => one.ranks[1] + 100 * Number(one.isElsewhere);
  const lead = leading.reduce((a, b) => (a && rank(a) <= rank(b) ? a : b), leading[0]);
  const group = (/** @type {typeof told[0]} */ line) => {
    if (line === lead) return 0;
    if (!isNarrow) return 1;
    if (line.fits && !line.isForAnything) return 1;
    return line.isForAnything ? 2 : 3;
  };
  const keys = (/** @type {typeof told[0]} */ line) => [
    group(line),
    -named(line.number),
    Number(line.isElsewhere),
    line.ranks[0],
    line.ranks[1],
    Number(!asked.has(line.type)),
  ];
  const sorted = told
    .map((line) => ({ number: line.number, keys: keys(line) }))
    .sort((a, b) => compare(a.keys, b.keys));
  const fitting = told.filter((line) => line === lead || (line.fits && !line.isForAnything)).length;
  return [sorted.map(({ number }) => number), isNarrow ? fitting : sorted.length];
}

/**
 * Return which of two lists of numbers comes first, by the first that differs.
 * @param {number[]} one
 * @param {number[]} other
 */
export function compare(one, other) {
  for (let k = 0; k < one.length; k++) if (one[k] !== other[k]) return one[k] - other[k];
  return 0;
}
