// Frame: tells the page shell which language is spoken now.
export default function (component) {
  window.exitWords(component.data.words, component.data.lang);
}
