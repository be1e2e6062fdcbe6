// Nowhere: at an address that is no page. The address becomes that of the first page before
// Streamlit reads it, for Streamlit would say so in its own words, in English alone.
// A classic script: it has to run before anything else on the page does.
(() => {
  history.replaceState(null, "", "/");
  document.addEventListener("click", () => document.getElementById("nowhere")?.remove(), {
    once: true,
  });
})();
