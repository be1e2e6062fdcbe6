// Cards: draws lines to call and places to go to. Every text is set as text, never as markup, and a
// link goes nowhere but to a telephone, a text message, a page of ours or an http address.
const SAFE = /^(tel:|sms:|https?:|geo:|\/place\?id=[a-z0-9]+$|\/text)/;
const SIGNS = { open: "✓", closed: "✕", unknown: "?" };

function make(kind, parent, text, look) {
  const node = document.createElement(kind);
  if (text) node.textContent = text;
  if (look) node.className = look;
  if (parent) parent.append(node);
  return node;
}

function link(parent, href, text, look) {
  if (!href || !SAFE.test(href)) return null;
  const node = make("a", parent, text, look);
  node.href = href;
  if (href.startsWith("http")) {
    node.rel = "noopener noreferrer";
    node.target = "_blank";
  }
  return node;
}

function calls(parent, row, words) {
  if (row.phone) {
    const call = link(parent, row.call, `${words.call} ${row.phone}`, "act call");
    if (call) call.setAttribute("aria-label", `${words.call} ${row.name}, ${row.phone}`);
  }
  if (row.text) link(parent, row.text.href, row.text.label, "act");
}

function facts(parent, list) {
  const table = make("dl", parent);
  for (const fact of list) {
    make("dt", table, fact.label);
    make("dd", table, fact.text, fact.known ? "" : "unknown");
  }
}

function opening(parent, row) {
  const state = make("p", parent, "", `state ${row.state}`);
  make("span", state, SIGNS[row.state], "sign").setAttribute("aria-hidden", "true");
  make("span", state, row.open);
}

function later(parent, label, said, fill) {
  const more = make("details", parent);
  make("summary", more, label).setAttribute("aria-label", said);
  more.ontoggle = () => {
    more.ontoggle = null;
    fill(more);
  };
}

function details(more, row, data) {
  const words = data.words;
  if (row.organization) make("p", more, row.organization, "soft");
  if (row.about && !data.full) make("p", more, row.about);
  facts(more, row.facts);
  const acts = make("div", more, "", "acts");
  link(acts, row.website, words.website, "act");
  link(acts, row.directions, words.directions, "act");
  if (row.website || row.directions) make("p", more, words.outside, "soft");
  if (data.full) facts(more, row.sources);
}

function heading(card, row, data, level, go) {
  const title = make(level, card);
  if (data.full) {
    title.textContent = row.name;
    return;
  }
  const way = link(title, `/place?id=${row.id}`, row.name);
  if (way)
    way.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(row.id);
    };
}

function place(parent, row, data, level, go) {
  const words = data.words;
  const card = make("li", parent, "", "card");
  card.dataset.n = row.i;
  if (row.spot) make("p", card, row.spot, "soft spot");
  heading(card, row, data, level, go);
  const kinds = make("p", card, "", "kinds");
  const mark = data.groups[row.group];
  if (mark) make("span", kinds, mark.sign, `mark ${mark.theme}`).setAttribute("aria-hidden", "true");
  make("span", kinds, row.kinds.join(" · "));
  if (data.full) make("p", card, row.about);
  opening(card, row);
  if (row.distance) make("p", card, row.distance, "distance");
  make("p", card, row.where);
  const acts = make("div", card, "", "acts");
  calls(acts, row, words);
  if (row.on_map && !data.full) {
    const show = make("button", acts, words.show, "act");
    show.type = "button";
    show.setAttribute("aria-label", `${words.show}: ${row.name}`);
    show.onclick = () => {
      window.dispatchEvent(new CustomEvent("map:choose", { detail: { n: row.i } }));
      const map = document.querySelector("iframe[title^='streamlit_folium']");
      if (map) map.scrollIntoView({ block: "nearest" });
    };
  }
  if (row.phone_note) make("p", card, row.phone_note, "soft");
  if (row.paused) make("p", card, row.paused, "warn");
  if (row.call_first) make("p", card, row.call_first, "warn");
  make("p", card, row.age, "soft");
  if (data.full) details(make("div", card), row, data);
  else later(card, words.details, `${words.details}: ${row.name}`, (more) => details(more, row, data));
}

function line(parent, row, data, level, go) {
  const card = make("li", parent, "", "card line");
  heading(card, row, data, level, go);
  const acts = make("div", card, "", "acts");
  calls(acts, row, data.words);
  opening(acts, row);
}

function draw(root, data, go) {
  const box = document.createElement("div");
  box.className = "cards";
  if (data.count) make("h2", box, data.count).id = "count";
  for (const text of data.notes || []) make("p", box, text, "soft");
  const all = data.lines || [];
  if (all.length) {
    const part = make("section", box);
    part.setAttribute("aria-label", data.words.lines);
    make("h2", part, data.words.lines);
    const first = make("ul", part);
    all.slice(0, data.first).forEach((row) => line(first, row, data, "h3", go));
    if (all.length > data.first) {
      later(part, data.words.more_lines, data.words.more_lines, (more) => {
        const rest = make("ul", more);
        all.slice(data.first).forEach((row) => line(rest, row, data, "h3", go));
      });
    }
  }
  if (data.rows.length) {
    if (all.length) make("h2", box, data.words.places);
    const list = make("ol", box);
    data.rows.forEach((row) => place(list, row, data, data.full ? "h1" : "h3", go));
  }
  root.querySelector(".cards").replaceWith(box);
  const said = root.querySelector("[role=status]");
  if (said.textContent !== data.count) said.textContent = data.count;
}

function reveal(root, n) {
  const card = root.querySelector(`li[data-n="${n}"]`);
  if (!card) return false;
  root.querySelectorAll("li.chosen").forEach((other) => other.classList.remove("chosen"));
  card.classList.add("chosen");
  const more = card.querySelector("details");
  if (more) more.open = true;
  card.scrollIntoView({ block: "center" });
  const focus = card.querySelector("a, button");
  if (focus) focus.focus({ preventScroll: true });
  return true;
}

export default function (component, style) {
  const root = component.parentElement, data = component.data;
  const go = (id) => component.setTriggerValue("go", id);
  if (!root.querySelector(".cards")) {
    const look = make("link", root);
    look.rel = "stylesheet";
    look.href = style;
    make("p", root, "", "said").setAttribute("role", "status");
    make("div", root, "", "cards");
  }
  draw(root, data, go);
  if (root.heard) window.removeEventListener("map:pick", root.heard);
  if (!data.map) return;
  root.heard = (event) => {
    if (!reveal(root, event.detail.n)) component.setTriggerValue("picked", event.detail.n);
  };
  window.addEventListener("map:pick", root.heard);
  window.serviceMapShown = data.map;
  window.dispatchEvent(new CustomEvent("map:show", { detail: data.map }));
  if (data.picked >= 0 && root.picked !== data.picked) reveal(root, data.picked);
  root.picked = data.picked;
}
