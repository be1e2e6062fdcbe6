// Ahead: fetches Find, and what its first answer needs, while the page around it is still on its
// way. What is fetched is the same for every reader.

import { begin, fromServer } from "./fetched.js";

const told = document.getElementById("find-files")?.textContent;
if (told) {
  for (const file of begin(JSON.parse(told), fromServer)) file.catch(() => {}); // Find tries again
  import("./find.js").catch(() => {});
}
