// Entries: what is known of each entry, read out of the list as it stands in the page.

/** @typedef {import("../cards/entry.js").Row} Row */

/**
 * Return the entries of a list, in the order of the catalogue.
 * @param {HTMLElement | null} list
 */
export function entriesOf(list) {
  /** @type {Row[]} */
  const rows = [];
  for (const entry of list?.querySelectorAll("article") ?? []) {
    const n = Number(entry.dataset.n);
    rows[n] = rowOf(entry, n, list?.dataset.from ?? "");
  }
  return rows;
}

/**
 * @param {HTMLElement} entry
 * @param {number} n
 * @param {string} from what its sources are called
 * @returns {Row}
 */
function rowOf(entry, n, from) {
  const at = (/** @type {string} */ name) =>
    /** @type {HTMLElement | null} */ (entry.querySelector(name));
  const text = (/** @type {string} */ name) => at(name)?.textContent?.trim() ?? "";
  const terms = [...entry.querySelectorAll("dt")].map((term) => ({
    label: term.textContent?.trim() ?? "",
    text: term.nextElementSibling?.textContent?.trim() ?? "",
    known: true,
  }));
  const about = at(".about");
  const doubt = text(".age b");
  const cited = [...entry.querySelectorAll(".age a")].map((one) =>
    document.getElementById(one.getAttribute("href")?.slice(1) ?? "")?.textContent?.trim(),
  );
  return {
    ...{ i: n, id: "", name: text("h4"), organization: text(".org"), group: -1, kinds: [] },
    about: text(".about"),
    about_lang: about?.lang ?? "",
    about_note: about?.dataset.note ?? "",
    ...{ state: "unknown", open: "", distance: "", phone: "", call: "", text: null },
    ...{
      phone_note: text(".note"),
      website: "",
      directions: "",
      on_map: Boolean(entry.dataset.on),
    },
    where: text(".where"),
    notice: text(".notice"),
    call_first: doubt,
    age: at(".age")?.firstChild?.textContent?.trim() ?? "",
    facts: terms,
    sources: [{ label: from, text: cited.filter(Boolean).join("; "), known: true }],
  };
}
