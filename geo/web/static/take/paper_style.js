// Paper style: how sheets of letter paper look, on a screen and printed; black on white only.

export const STYLE = `
@page { size: letter portrait; margin: 0 }
@page card { size: letter landscape; margin: 0 }
* { box-sizing: border-box }
html, body { margin: 0; background: #fff; color: #000 }
body { font-family: Arial, Helvetica, "Liberation Sans", sans-serif; line-height: 1.3 }
.paper { font-size: 12pt }
.paper.large { font-size: 18pt }
.sheet {
  width: 8.5in; height: 11in; padding: .5in; display: flex; flex-direction: column;
  overflow: hidden; break-after: page; break-inside: avoid; background: #fff;
}
.sheet:last-child { break-after: auto }
.body { flex: 1; min-height: 0; overflow: hidden }
header, footer { flex: none }
h1 { font-size: 1.5em; margin: 0 0 .2em; line-height: 1.15 }
h2 { font-size: 1.2em; margin: .3em 0; border-bottom: 2pt solid #000 }
h3 { font-size: 1.1em; margin: 0; line-height: 1.2 }
p { margin: 0; overflow-wrap: anywhere }
.danger { border: 1.5pt solid #000; padding: .3em .5em; margin-bottom: .5em; font-size: 1em }
.danger span { display: inline-block; margin-right: 1em }
.danger b, .panel b { white-space: nowrap }
.place { padding: .5em 0; border-top: .75pt solid #000; display: flow-root }
.place:first-child { border-top: 0 }
.phone { font-size: 1.4em; font-weight: bold; line-height: 1.3 }
.notice { font-weight: bold }
.place.note { border: .75pt solid #000; padding: .5em; margin-bottom: .5em }
.code { float: right; width: 1in; height: 1in; margin: 0 0 .1in .15in }
footer { border-top: .75pt solid #000; padding-top: .3em; display: flex; flex-wrap: wrap; gap: 0 1.2em }
footer .number { margin-left: auto }
.entry { display: flex; gap: 1em; justify-content: space-between }
.card.sheet {
  page: card; width: 11in; height: 8.5in; padding: 0; display: grid;
  grid-template: repeat(2, 4.25in) / repeat(4, 2.75in);
}
.panel { padding: .2in; overflow: hidden; border: 0 dashed #666; border-width: 0 .75pt .75pt 0 }
.panel:nth-child(4n) { border-right: 0 }
.panel:nth-child(n + 5) { border-bottom: 0 }
@media screen {
  html { background: #ddd }
  .paper { zoom: var(--fit, 1) }
  .sheet { margin: 0 0 12px; box-shadow: 0 0 3px #888 }
}
`;
