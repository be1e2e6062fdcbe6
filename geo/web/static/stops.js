// Stops: draws lists of stops with what can be done with each. Every text is set as text, never as
// markup. What a reader does is told as {act, key}; the focus then stays on the button pressed.
function make(kind, parent, text, look) {
  const node = document.createElement(kind);
  if (text) node.textContent = text;
  if (look) node.className = look;
  if (parent) parent.append(node);
  return node;
}

function buttons(parent, row, acts, does) {
  const box = make("div", parent, "", "acts");
  for (const { act, label, sign } of acts) {
    const button = make("button", box, sign || label, sign ? "act small" : "act");
    button.type = "button";
    button.dataset.does = `${act} ${row.key}`;
    button.setAttribute("aria-label", `${label}: ${row.name}`);
    button.title = label;
    button.onclick = () => does(act, row.key, button.dataset.does);
  }
}

function stop(list, row, words, does) {
  const card = make("li", list, "", "card");
  const head = make("div", card, "", "head");
  if (row.number) make("span", head, row.number, "number");
  make("h3", head, row.name);
  for (const text of row.times) make("p", card, text, "distance");
  for (const text of row.lines) make("p", card, text);
  for (const text of row.warnings) make("p", card, text, "warn");
  if (row.acts.length) buttons(card, row, row.acts, does);
  if (!row.more.length && !row.way) return;
  const more = make("details", card);
  more.dataset.key = row.key;
  make("summary", more, words.more).setAttribute("aria-label", `${words.more}: ${row.name}`);
  buttons(more, row, row.more, does);
  if (row.way.startsWith("geo:")) {
    const way = make("a", make("div", more, "", "acts"), words.way, "act");
    way.href = row.way;
    way.setAttribute("aria-label", `${words.way}: ${row.name}`);
  }
}

function draw(root, data, does) {
  const open = [...root.querySelectorAll("details[open]")].map((one) => one.dataset.key);
  const box = document.createElement("div");
  box.className = "cards";
  for (const part of data.parts) {
    const section = make("section", box);
    section.setAttribute("aria-label", part.title);
    make("h2", section, part.title);
    for (const text of part.notes) make("p", section, text);
    for (const text of part.warnings) make("p", section, text, "warn");
    const list = make("ol", section);
    for (const row of part.rows) {
      if (row.pause) make("li", list, row.pause, "pause");
      else stop(list, row, data.words, does);
    }
  }
  for (const more of box.querySelectorAll("details")) more.open = open.includes(more.dataset.key);
  root.querySelector(".cards").replaceWith(box);
  const said = root.querySelector("[role=status]");
  if (said.textContent !== data.said) said.textContent = data.said;
}

export default function (component, style) {
  const root = component.parentElement, data = component.data;
  if (!root.querySelector(".cards")) {
    const look = make("link", root);
    look.rel = "stylesheet";
    look.href = style;
    make("p", root, "", "said").setAttribute("role", "status");
    make("div", root, "", "cards");
  }
  draw(root, data, (act, key, button) => {
    root.pressed = button;
    component.setTriggerValue("did", { act, key });
  });
  if (root.pressed) {
    const same = root.querySelector(`button[data-does="${CSS.escape(root.pressed)}"]`);
    if (same) same.focus({ preventScroll: true });
  }
  window.serviceMapShown = data.map;
  window.dispatchEvent(new CustomEvent("map:show", { detail: data.map }));
}
