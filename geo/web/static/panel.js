// Panel: draws what it is given of a finding, a legend and a table to sort, and tells the map. Every
// text is set as text, never as markup.
function make(kind, parent, text, look) {
  const node = document.createElement(kind);
  if (text) node.textContent = text;
  if (look) node.className = look;
  if (parent) parent.append(node);
  return node;
}

const DECIMALS = { count: 0, one: 1, share: 1 };

function told(value, kind, none) {
  if (value === null) return none;
  if (kind === "text") return value;
  const digits = { minimumFractionDigits: DECIMALS[kind], maximumFractionDigits: DECIMALS[kind] };
  const number = kind === "share" ? value * 100 : value;
  return number.toLocaleString("en-US", digits) + (kind === "share" ? "%" : "");
}

function legend(box, data) {
  const part = make("section", box, "", "legend");
  make("h2", part, data.title).id = "legend-title";
  const list = make("ul", part);
  list.setAttribute("aria-labelledby", "legend-title");
  for (const row of data.rows) {
    const line = make("li", list);
    const swatch = make("i", line, "", row.colour ? "" : "none");
    if (row.colour) swatch.style.background = row.colour;
    make("span", line, row.label);
    make("b", line, row.people);
  }
  for (const text of data.notes) make("p", part, text, "soft");
}

function compare(column, down) {
  return (a, b) => {
    const [x, y] = [a[column], b[column]];
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    const order = typeof x === "string" ? x.localeCompare(y) : x - y;
    return down ? -order : order;
  };
}

function table(box, data, seen) {
  const sheet = make("div", box, "", "sheet");
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "region");
  sheet.setAttribute("aria-label", data.caption);
  const grid = make("table", sheet);
  make("caption", grid, data.caption);
  const head = make("tr", make("thead", grid)), body = make("tbody", grid);
  const more = make("button", box, "", "more");
  more.type = "button";

  function fill() {
    const rows = seen.column === null ? data.rows : [...data.rows].sort(compare(seen.column, seen.down));
    const shown = seen.all ? rows : rows.slice(0, data.shown);
    body.replaceChildren();
    for (const row of shown) {
      const line = make("tr", body);
      row.forEach((value, k) => {
        const kind = data.columns[k].kind, cell = make(k ? "td" : "th", line, told(value, kind, data.none), kind === "text" ? "" : "number");
        if (!k) cell.scope = "row";
      });
    }
    more.hidden = shown.length === rows.length;
    more.textContent = data.more;
    [...head.children].forEach((cell, k) => {
      if (k === seen.column) cell.setAttribute("aria-sort", seen.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  }
  data.columns.forEach((column, k) => {
    const cell = make("th", head, "", column.kind === "text" ? "" : "number");
    cell.scope = "col";
    const sort = make("button", cell, column.label);
    sort.type = "button";
    sort.onclick = () => {
      seen.down = seen.column === k ? !seen.down : column.kind !== "text";
      seen.column = k;
      fill();
    };
  });
  more.onclick = () => {
    seen.all = true;
    fill();
    body.children[data.shown].querySelector("th").setAttribute("tabindex", "-1");
    body.children[data.shown].querySelector("th").focus();
  };
  fill();
}

export default function (component, style) {
  const root = component.parentElement, data = component.data;
  if (!root.querySelector(".panel")) {
    const look = make("link", root);
    look.rel = "stylesheet";
    look.href = style;
    make("div", root, "", "panel");
    root.seen = { column: null, down: false, all: false };
  }
  const box = make("div", null, "", "panel");
  if (data.headline) {
    const said = make("p", box, data.headline, data.warns ? "headline warns" : "headline");
    said.setAttribute("role", "status");
  }
  for (const text of data.lines || []) make("p", box, text);
  if (data.legend) legend(box, data.legend);
  if (data.table) {
    const same = JSON.stringify(data.table.columns);
    if (root.same !== same) root.seen = { column: null, down: false, all: false };
    root.same = same;
    table(box, data.table, root.seen);
  }
  root.querySelector(".panel").replaceWith(box);
  if (root.heard) window.removeEventListener("map:spot", root.heard);
  if (!data.map) return;
  root.heard = (event) => component.setTriggerValue("spot", event.detail);
  window.addEventListener("map:spot", root.heard);
  window.serviceMapShown = data.map;
  window.dispatchEvent(new CustomEvent("map:show", { detail: data.map }));
}
