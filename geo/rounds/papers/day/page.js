// Page: a day out that works without a signal and asks nobody: it has all it needs in itself.

/**
 * @typedef {object} Stop
 * @property {string} id blank for a place that is on no list
 * @property {string} name
 * @property {string[]} lines what is known of it
 * @property {string} phone
 * @property {string} way opens it in a maps app
 * @property {number} minutes there
 * @property {[number, number][] | null} windows null: at any time
 *
 * @typedef {object} Team times are minutes after midnight of the day
 * @property {string} name
 * @property {string} start
 * @property {string} end
 * @property {number} leave
 * @property {number} ends of the shift
 * @property {{earliest: number, minutes: number, before: number, there: boolean} | null} pause
 *   before which stop it is, and whether the team has driven there by then
 * @property {Stop[]} stops in their order
 * @property {(number | null)[][]} ways minutes between the start, the stops and the end; null: none
 *
 * @typedef {object} Mark what was found at a stop
 * @property {string} result
 * @property {number} left minute at which the team was done there
 * @property {string} on day, as 2026-11-24
 * @property {string} note
 *
 * @typedef {object} Day
 * @property {string} language
 * @property {string} date
 * @property {string} file name of the table of results
 * @property {Team[]} teams
 * @property {Record<string, string>} results what a button says, by result
 * @property {Record<string, string>} words
 */

/** @typedef {{arrive: number, start: number, leave: number, fits: boolean}} Visit */
/** @typedef {{visits: (Visit | null)[], pause: number | null, back: number, late: boolean}} Times */

/**
 * Return when a team is where, from what it has done and how late it is; null for what is marked.
 * A stop that no longer fits is told and passed by.
 * @param {Team} team
 * @param {(Mark | undefined)[]} marks
 * @param {number} late minutes later than that the team goes on
 * @returns {Times}
 */
export function moved(team, marks, late) {
  let last = -1;
  for (const [number, mark] of marks.entries()) {
    if (mark && (last < 0 || mark.left >= (marks[last]?.left ?? 0))) last = number;
  }
  let clock = (last < 0 ? team.leave : (marks[last]?.left ?? team.leave)) + late;
  let here = last + 1;
  let rest = team.pause && last < team.pause.before ? team.pause : null;
  /** @type {number | null} */
  let pause = null;
  const take = () => {
    if (!rest) return;
    pause = Math.max(clock, rest.earliest);
    clock = pause + rest.minutes;
    rest = null;
  };
  /** @type {(Visit | null)[]} */
  const visits = team.stops.map((stop, number) => {
    if (marks[number]) return null;
    const due = rest !== null && number >= rest.before;
    if (due && !rest?.there) take();
    const leg = team.ways[here][number + 1];
    let arrive = clock + (leg ?? 0);
    if (due && rest) {
      clock = arrive;
      take();
      arrive = clock;
    }
    const start = leg === null ? null : firstStart(stop, arrive);
    if (start === null) return { arrive, start: arrive, leave: arrive, fits: false };
    clock = start + stop.minutes;
    here = number + 1;
    return { arrive, start, leave: clock, fits: true };
  });
  if (rest) take();
  const back = clock + (team.ways[here][team.stops.length + 1] ?? 0);
  return { visits, pause, back, late: back > team.ends };
}

/**
 * Return when a visit can begin, to end before closing; null if it cannot any more.
 * @param {Stop} stop
 * @param {number} arrive
 */
function firstStart(stop, arrive) {
  if (stop.windows === null) return arrive;
  for (const [opens, closes] of stop.windows) {
    const start = Math.max(arrive, opens);
    if (start + stop.minutes <= closes) return start;
  }
  return null;
}

/**
 * Return the results as CSV, which a spreadsheet takes for text.
 * @param {{stop: Stop, mark: Mark}[]} found
 */
export function table(found) {
  const rows = found.map(({ stop, mark }) => [
    stop.id,
    stop.name,
    mark.result,
    mark.on,
    mark.note.trim(),
  ]);
  const lines = [["id", "name", "result", "seen_on", "note"], ...rows].map((row) =>
    row.map(cell).join(","),
  );
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** @param {string} text */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Return a minute of the day as a clock says it.
 * @param {number} minute
 * @param {string} language
 */
export function told(minute, language) {
  const clock = new Date(Date.UTC(2000, 0, 1, 0, minute));
  const american = language === "es" ? "es-US" : "en-US";
  return clock.toLocaleTimeString(american, {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  });
}

/**
 * Return what the address of the page holds, so that a page that was dropped goes on where it was.
 * @param {string} hash
 * @returns {{team: number, late: number[], marks: (Mark | undefined)[][]}}
 */
export function kept(hash) {
  try {
    const { team, late, marks } = JSON.parse(decodeURIComponent(hash.slice(1)));
    if (!Array.isArray(late) || !Array.isArray(marks)) throw new TypeError("not kept here");
    const whole = (/** @type {unknown} */ value) => Math.round(Number(value)) || 0;
    return {
      team: whole(team),
      late: late.map(whole),
      marks: marks.map((/** @type {unknown} */ row) =>
        (Array.isArray(row) ? row : []).map((one) =>
          one
            ? {
                result: String(one.result),
                left: whole(one.left),
                on: String(one.on),
                note: String(one.note),
              }
            : undefined,
        ),
      ),
    };
  } catch {
    return { team: 0, late: [], marks: [] };
  }
}

function begin() {
  const source = document.getElementById("day");
  const root = document.querySelector("main");
  if (!source || !root) return;
  /** @type {Day} */
  const day = JSON.parse(source.textContent ?? "");
  const { words, language } = day;
  const state = kept(location.hash);
  if (!day.teams[state.team]) state.team = 0;

  /**
   * @param {string} kind
   * @param {string} text
   * @param {Record<string, string>} [attributes]
   */
  const make = (kind, text, attributes = {}) => {
    const part = document.createElement(kind);
    part.textContent = text;
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    return part;
  };
  /**
   * @param {string} text
   * @param {() => void} act
   * @param {Record<string, string>} [attributes]
   */
  const button = (text, act, attributes = {}) => {
    const part = make("button", text, { type: "button", ...attributes });
    part.addEventListener("click", act);
    return part;
  };
  const clock = (/** @type {number} */ minute) => told(minute, language);
  const now = () => {
    const here = new Date();
    const date = [here.getFullYear(), here.getMonth() + 1, here.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
    const days = Math.round((Date.parse(date) - Date.parse(day.date)) / 86_400_000);
    return { date, minute: days * 1440 + here.getHours() * 60 + here.getMinutes(), days };
  };
  const keep = () => {
    location.replace(`#${encodeURIComponent(JSON.stringify(state))}`);
  };

  const draw = (/** @type {string} */ focused = "") => {
    const team = day.teams[state.team];
    state.marks[state.team] ??= [];
    state.late[state.team] ??= 0;
    const marks = state.marks[state.team];
    const times = moved(team, marks, state.late[state.team]);
    const parts = [];
    if (day.teams.length > 1) {
      const teams = make("div", "", { class: "row" });
      for (const [number, one] of day.teams.entries()) {
        const chosen = { "aria-pressed": String(number === state.team), id: `team-${number}` };
        const choose = () => {
          state.team = number;
          keep();
          draw(`team-${number}`);
        };
        teams.append(button(one.name, choose, chosen));
      }
      parts.push(teams);
    }
    const head = make("section", "");
    head.append(
      make("h2", team.name),
      make("p", `${words.start}: ${team.start} · ${clock(team.leave)}`),
    );
    const late = make("div", "", { class: "row", role: "group", "aria-label": words.late });
    head.append(
      make("p", `${words.late}: ${state.late[state.team]} min`, { role: "status" }),
      late,
    );
    for (const more of [-5, 5, 15, 30]) {
      const act = () => {
        state.late[state.team] = Math.max(state.late[state.team] + more, 0);
        keep();
        draw(`late${more}`);
      };
      late.append(
        button(`${more > 0 ? "+" : "−"}${Math.abs(more)} min`, act, { id: `late${more}` }),
      );
    }
    parts.push(head);
    const pause = (/** @type {boolean} */ last, /** @type {number} */ number) =>
      times.pause !== null && team.pause && (last || team.pause.before === number)
        ? make("p", `${words.pause}: ${clock(times.pause)}`, { class: "pause" })
        : "";
    const list = make("ol", "");
    for (const [number, stop] of team.stops.entries()) {
      const item = make("li", "");
      const visit = times.visits[number];
      const mark = marks[number];
      item.append(pause(false, number), make("h3", `${number + 1} ${stop.name}`));
      if (visit?.fits) {
        item.append(make("p", `${words.arrive} ${clock(visit.arrive)}`, { class: "time" }));
      } else if (visit) {
        const gone = words.gone.replace("{time}", clock(visit.arrive));
        item.append(make("p", gone, { class: "time gone" }));
      }
      for (const line of stop.lines) item.append(make("p", line));
      const ways = make("p", "");
      if (stop.phone) {
        const dial = `tel:${stop.phone.replace(/[^+\d]/g, "")}`;
        ways.append(make("a", stop.phone, { href: dial }), " ");
      }
      ways.append(make("a", words.way, { href: stop.way }));
      const results = make("div", "", { class: "row" });
      for (const [result, label] of Object.entries(day.results)) {
        const pressed = mark?.result === result;
        const act = () => {
          const { date, minute, days } = now();
          const planned = visit?.leave ?? mark?.left ?? team.leave;
          const left = days === 0 || days === 1 ? minute : planned;
          marks[number] = pressed
            ? undefined
            : { result, left: mark?.left ?? left, on: date, note: mark?.note ?? "" };
          state.late[state.team] = 0;
          keep();
          draw(`${result}-${number}`);
        };
        const id = `${result}-${number}`;
        results.append(button(label, act, { "aria-pressed": String(pressed), id }));
      }
      item.append(ways, results);
      if (mark) {
        const label = make("label", words.note);
        const note = /** @type {HTMLTextAreaElement} */ (
          make("textarea", mark.note, { rows: "2" })
        );
        note.maxLength = 300;
        note.addEventListener("input", () => {
          mark.note = note.value;
          keep();
        });
        label.append(note);
        item.append(label);
      }
      list.append(item);
    }
    const end = make("section", "");
    end.append(
      pause(team.pause?.before === team.stops.length, -1),
      make("p", `${words.back}: ${team.end} · ${clock(times.back)}`, { class: "time" }),
    );
    if (times.late) {
      end.append(make("p", words.over.replace("{time}", clock(team.ends)), { class: "gone" }));
    }
    const save = () => {
      const found = day.teams.flatMap((one, which) =>
        one.stops.flatMap((stop, number) => {
          const mark = state.marks[which]?.[number];
          return mark ? [{ stop, mark }] : [];
        }),
      );
      const blob = new Blob([table(found)], { type: "text/csv" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = day.file;
      link.click();
      URL.revokeObjectURL(link.href);
    };
    const forget = () => {
      if (!confirm(words.sure)) return;
      state.marks = [];
      state.late = [];
      location.replace("#");
      draw("forget");
    };
    end.append(
      button(words.save, save, { id: "save", class: "main" }),
      button(words.forget, forget, { id: "forget" }),
    );
    root.replaceChildren(...parts, list, end);
    document.getElementById(focused)?.focus();
  };
  draw();
}

if (typeof document !== "undefined") begin();
