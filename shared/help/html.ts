/** Owns help pages as HTML: one page for each block and an index, in light and dark. Only the search of the index is a script. */
import { CATEGORIES, type Port } from '../blocks/block';
import { escape, svgOf } from './svg';
import type { HelpPage, HelpParameter } from './page';

export interface HtmlFile {
  name: string;
  text: string;
}

/** Names that no sentence begins with by chance: `Conv2D`, `ReLU`, and some words of their own. */
const isName = (title: string): boolean =>
  /^\w+$/.test(title) && (/.[A-Z\d]/.test(title) || ['Dense', 'Dropout', 'Flatten', 'Embedding', 'Softmax', 'Sigmoid', 'Standardize', 'Rescaling', 'Masking', 'Normalization'].includes(title)); // prettier-ignore

const fileOf = ({ type }: HelpPage): string => `${type}.html`;

type Prose = (text: string) => string;

/** `code` in backticks becomes code, the names of other blocks become links to their pages. */
function proseOf(pages: readonly HelpPage[], self: HelpPage | null): Prose {
  const files = new Map(
    pages.filter((page) => page !== self && isName(page.title)).map((page) => [page.title, fileOf(page)]),
  );
  const names = new RegExp(`\\b(${[...files.keys()].join('|')})\\b`, 'g');
  const linked = (text: string): string =>
    escape(text).replaceAll(names, (name) => `<a href="${files.get(name) ?? ''}">${name}</a>`);
  return (text) =>
    text
      .split('`')
      .map((piece, i) => (i % 2 === 1 ? `<code>${escape(piece)}</code>` : linked(piece)))
      .join('');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1e23; --ink-2: #545c68; --line: #dcdfe4; --line-2: #9aa2ad; --back: #ffffff; --sunken: #f4f5f7; --accent: #4d5bd6; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef1; --ink-2: #b3bac4; --line: #2a2f36; --line-2: #6b7480; --back: #14171b; --sunken: #0f1114; --accent: #98a5ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 880px; padding: 32px 24px 64px; background: var(--back); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
h1 { margin: 8px 0 4px; font-size: 26px; line-height: 1.25; } h2 { margin: 28px 0 8px; font-size: 16px; }
p { margin: 0 0 10px; } a { color: var(--accent); } .quiet { color: var(--ink-2); }
code { padding: 1px 4px; border-radius: 4px; background: var(--sunken); font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 14px; } th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td:first-child code { white-space: nowrap; } .index td:first-child { width: 250px; } th { color: var(--ink-2); font-weight: 500; } ul { margin: 4px 0; padding-left: 18px; }
figure { margin: 12px 0; } figcaption { color: var(--ink-2); font-size: 14px; } svg { display: block; max-width: 100%; height: auto; margin: 0 0 6px; }
svg path { stroke-linejoin: round; stroke-linecap: round; } svg text { fill: var(--ink-2); font: 12px system-ui, sans-serif; }
.line { fill: none; stroke: var(--line-2); } .line.strong { stroke: var(--ink); stroke-width: 1.75; } .line.mark { stroke: var(--accent); stroke-width: 1.5; } .line.dashed { stroke-dasharray: 4 3; }
.area.quiet { fill: var(--sunken); } .area.mark { fill: var(--accent); fill-opacity: .35; } .area.strong { fill: var(--ink); }
.formula { margin: 0 0 8px; padding: 10px 14px; border-left: 3px solid var(--accent); border-radius: 0 6px 6px 0; background: var(--sunken); font: italic 16px/1.6 Cambria, 'STIX Two Text', 'DejaVu Serif', Georgia, serif; overflow-wrap: anywhere; }
input { width: 100%; padding: 8px 12px; border: 1px solid var(--line-2); border-radius: 6px; background: var(--back); color: var(--ink); font: inherit; } :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
[hidden] { display: none; }
`;

const pageOf = (title: string, body: string): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head>`,
    `<body>${body}</body>`,
    '</html>',
    '',
  ].join('\n');

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section><h2>${escape(title)}</h2>${content}</section>`;
const paragraphs = (texts: readonly string[], prose: Prose): string =>
  texts.map((text) => `<p>${prose(text)}</p>`).join('');

const optionsList = ({ options }: HelpParameter, prose: Prose): string =>
  options.length === 0
    ? ''
    : `<ul>${options
        .map(({ name, summary, parameters }) => {
          const own = parameters.map((each) => `<code>${escape(each.name)}</code> ${escape(each.usual)}`);
          return `<li><code>${escape(name)}</code> ${prose(summary)}${own.length > 0 ? ` (${own.join(', ')})` : ''}</li>`;
        })
        .join('')}</ul>`;

const parameterRow = (parameter: HelpParameter, prose: Prose): string =>
  `<tr><td><code>${escape(parameter.name)}</code></td><td><code>${escape(parameter.usual)}</code></td><td>${prose(parameter.help)}${
    parameter.options.length > 0
      ? optionsList(parameter, prose)
      : `<br><span class="quiet">${escape(parameter.values)}</span>`
  }</td></tr>`;

const parameterTable = (parameters: readonly HelpParameter[], prose: Prose): string =>
  parameters.length === 0
    ? '<p>It has none.</p>'
    : `<table><thead><tr><th>Name</th><th>Default</th><th>Meaning</th></tr></thead><tbody>${parameters.map((each) => parameterRow(each, prose)).join('')}</tbody></table>`;

const portText = ({ name, kind, many, optional }: Port): string =>
  `<code>${escape(name)}</code> (${kind}${many ? ', any number of wires' : ''}${optional ? ', optional' : ''})`;
const portsText = ({ inputs, outputs }: HelpPage): string =>
  [
    inputs.length > 0 ? `<p>In: ${inputs.map(portText).join(', ')}.</p>` : '',
    outputs.length > 0 ? `<p>Out: ${outputs.map(portText).join(', ')}.</p>` : '',
  ].join('');

const figure = ({ picture }: HelpPage): string =>
  `<figure>${svgOf(picture)}<figcaption>${escape(picture.caption)}</figcaption></figure>`;
const formulas = (page: HelpPage): string =>
  page.formulas.map((formula) => `<p class="formula">${escape(formula)}</p>`).join('');

/** The others of its family. */
const beside = (page: HelpPage, pages: readonly HelpPage[]): string =>
  pages
    .filter((other) => other.category === page.category && other !== page)
    .map((other) => `<a href="${fileOf(other)}">${escape(other.title)}</a>`)
    .join(' · ');

function blockHtml(page: HelpPage, pages: readonly HelpPage[]): HtmlFile {
  const prose = proseOf(pages, page);
  const others = beside(page, pages);
  const body = [
    `<p class="quiet"><a href="index.html">All blocks</a> · <a href="index.html#${escape(page.category)}">${escape(page.category)}</a></p>`,
    `<h1>${escape(page.title)}</h1><p class="quiet">${prose(page.summary)}</p>`,
    figure(page),
    section('What it does', paragraphs(page.what, prose)),
    section('Formula', formulas(page)),
    section('Shapes', paragraphs(page.shapes, prose)),
    section('Ports', portsText(page)),
    section('Parameters', parameterTable(page.parameters, prose)),
    section('Typical mistakes', paragraphs(page.mistakes, prose)),
    section('Source', `<p>${prose(page.source)}</p>`),
    section(`Also in ${page.category}`, others === '' ? '' : `<p>${others}</p>`),
  ].join('\n');
  return { name: fileOf(page), text: pageOf(page.title, body) };
}

/** Hides what does not hold every word that is typed, and families of which nothing is left. */
const FILTER = `
const field = document.querySelector('input');
const none = document.querySelector('#none');
field.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\\s+/);
  for (const row of document.querySelectorAll('tr')) row.hidden = !words.every((word) => row.dataset.words.includes(word));
  for (const family of document.querySelectorAll('section')) family.hidden = !family.querySelector('tr:not([hidden])');
  none.hidden = document.querySelector('tr:not([hidden])') !== null;
});
`;

function indexHtml(pages: readonly HelpPage[]): HtmlFile {
  const row = (page: HelpPage): string => {
    const words = [page.type, page.title, page.category, page.summary, ...page.search]
      .join(' ')
      .toLowerCase();
    return `<tr data-words="${escape(words)}"><td><a href="${fileOf(page)}">${escape(page.title)}</a></td><td>${escape(page.summary)}</td></tr>`;
  };
  const families = CATEGORIES.flatMap((category) => {
    const rows = pages.filter((page) => page.category === category).map(row);
    return rows.length === 0
      ? []
      : [
          `<section id="${category}"><h2>${category}</h2><table class="index"><tbody>${rows.join('')}</tbody></table></section>`,
        ];
  });
  const body = [
    '<h1>Blocks</h1>',
    '<input type="search" aria-label="Find a block" placeholder="Find a block: a name, or what it does" autofocus>',
    '<p id="none" class="quiet" hidden>No block has these words.</p>',
    ...families,
    `<script>${FILTER}</script>`,
  ];
  return { name: 'index.html', text: pageOf('Blocks', body.join('\n')) };
}

/** A page for each block, and `index.html`, which looks for them by name, family and other words. */
export const helpFiles = (pages: readonly HelpPage[]): HtmlFile[] => [
  indexHtml(pages),
  ...pages.map((page) => blockHtml(page, pages)),
];
