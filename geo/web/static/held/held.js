// Held: what the server keeps of a round, held by the page too, as long as it is open. A server that
// has forgotten it, since it was started again or heard nothing for too long, gets it back.

/**
 * @typedef {object} HeldData
 * @property {string} mark of the session: another one knows nothing of this page
 * @property {object | null} round null if nothing is chosen
 */

/** What was told last. @type {HeldData} */
let held = { mark: "", round: null };
let given = "";

/**
 * Hold what is told; give back what another session does not know.
 * @param {import("../dom.js").Component<HeldData>} component
 */
export default function (component) {
  const { mark, round } = component.data;
  const isNews = held.mark !== mark && held.round && given !== mark;
  if (!isNews) {
    held = { mark, round };
    return () => {};
  }
  given = mark;
  component.setTriggerValue("back", held.round);
  return () => {};
}
