// Dom: makes elements whose text is only ever text, and links that lead nowhere unsafe.

/**
 * A component of Streamlit: what it is told, where it draws, how it answers.
 * @template Data
 * @typedef {object} Component
 * @property {Data} data
 * @property {ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

// A telephone, a text message, an http address, a point for a maps app, a page of ours.
const SAFE = /^(tel:|sms:|https?:|geo:|\/place\?id=[a-z0-9]+$|\/text|\/report\/)/;

/**
 * Return a new element, at the end of `parent` if there is one.
 * @template {keyof HTMLElementTagNameMap} Kind
 * @param {Kind} kind
 * @param {Node | null} [parent]
 * @param {string} [text]
 * @param {string} [look] its classes
 * @returns {HTMLElementTagNameMap[Kind]}
 */
export function make(kind, parent, text, look) {
  const node = document.createElement(kind);
  if (text) node.textContent = text;
  if (look) node.className = look;
  if (parent) parent.appendChild(node);
  return node;
}

/**
 * Return a new button.
 * @param {Node} parent
 * @param {string} text
 * @param {() => void} act what a press does
 * @param {string} [look]
 */
export function button(parent, text, act, look) {
  const node = make("button", parent, text, look);
  node.type = "button";
  node.onclick = act;
  return node;
}

/**
 * Return a new link; null, and nothing is drawn, if its address is not safe.
 * @param {Node} parent
 * @param {string | null | undefined} href
 * @param {string} text
 * @param {string} [look]
 */
export function link(parent, href, text, look) {
  if (!isSafe(href)) return null;
  const node = make("a", parent, text, look);
  node.href = href;
  if (href.startsWith("http")) {
    node.rel = "noopener noreferrer";
    node.target = "_blank";
  }
  return node;
}

/**
 * @param {string | null | undefined} href
 * @returns {href is string}
 */
export function isSafe(href) {
  return Boolean(href) && SAFE.test(String(href));
}

/**
 * Put a style sheet and an empty box into a component, once.
 * @param {ShadowRoot} root
 * @param {string} sheet the address of the style sheet
 * @param {string} look the class of the box
 */
export function furnish(root, sheet, look) {
  if (root.querySelector(`.${look}`)) return;
  const style = make("link", root);
  style.rel = "stylesheet";
  style.href = sheet;
  make("div", root, "", look);
}

/**
 * Announce a text to a screen reader, if it is not what was announced last.
 * @param {ShadowRoot} root
 * @param {string} text
 */
export function announce(root, text) {
  let line = root.querySelector(".said");
  if (!line) {
    line = make("p", null, "", "said");
    line.setAttribute("role", "status");
    root.prepend(line);
  }
  if (line.textContent !== text) line.textContent = text;
}

/** @type {WeakMap<Node, AbortController>} */
const drawings = new WeakMap();

/**
 * Return what ends this drawing of a component; the one before it is ended now. Whoever listens
 * does so with its signal, so that nothing listens on when the component is gone.
 * @param {Node} root
 */
export function beginDrawing(root) {
  drawings.get(root)?.abort();
  const drawing = new AbortController();
  drawings.set(root, drawing);
  return drawing;
}
