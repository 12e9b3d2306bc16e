/** Owns help pages as HTML: one page for each block and an index, in light and dark, without scripts. */
import { slopeOf, type Curve } from '../blocks/activation/curves';
import { CATEGORIES, type Port } from '../blocks/block';
import { activationAxes, axesPath, curvePath } from './curve-path';
import type { HelpPage, HelpParameter } from './page';

export interface HtmlFile {
  name: string;
  text: string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `code` in backticks becomes code. */
const prose = (text: string): string =>
  text
    .split('`')
    .map((piece, i) => (i % 2 === 1 ? `<code>${escape(piece)}</code>` : escape(piece)))
    .join('');

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1e23; --ink-2: #545c68; --line: #dcdfe4; --back: #ffffff; --sunken: #f4f5f7; --accent: #4d5bd6; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef1; --ink-2: #b3bac4; --line: #2a2f36; --back: #14171b; --sunken: #0f1114; --accent: #98a5ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 880px; padding: 32px 24px 64px; background: var(--back); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
h1 { margin: 8px 0 4px; font-size: 26px; line-height: 1.25; } h2 { margin: 28px 0 8px; font-size: 16px; }
p { margin: 0 0 10px; } a { color: var(--accent); } .quiet { color: var(--ink-2); }
code { padding: 1px 4px; border-radius: 4px; background: var(--sunken); font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 14px; } th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--ink-2); font-weight: 500; } ul { margin: 4px 0; padding-left: 18px; }
svg { display: block; margin: 8px 0; } .frame { fill: var(--sunken); stroke: var(--line); } .axis { stroke: var(--line); fill: none; }
.line { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; } .slope { stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: 4 3; }
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
const paragraphs = (texts: readonly string[]): string =>
  texts.map((text) => `<p>${prose(text)}</p>`).join('');

function picture(curve: Curve | null): string {
  if (curve === null) return '';
  const axes = activationAxes(curve, 320, 200);
  const { width, height } = axes;
  return [
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The function, and its slope dashed, from −4 to 4">`,
    `<rect class="frame" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    `<path class="axis" d="${axesPath(axes)}"/>`,
    `<path class="line slope" d="${curvePath(slopeOf(curve), axes)}"/>`,
    `<path class="line" d="${curvePath(curve, axes)}"/></svg>`,
    '<p class="quiet">From −4 to 4; dashed the slope, which gradients are multiplied by.</p>',
  ].join('');
}

const optionsList = ({ options }: HelpParameter): string =>
  options.length === 0
    ? ''
    : `<ul>${options
        .map(({ name, summary, parameters }) => {
          const own = parameters.map((each) => `<code>${escape(each.name)}</code> ${escape(each.usual)}`);
          return `<li><code>${escape(name)}</code> ${prose(summary)}${own.length > 0 ? ` (${own.join(', ')})` : ''}</li>`;
        })
        .join('')}</ul>`;

const parameterRow = (parameter: HelpParameter): string =>
  `<tr><td><code>${escape(parameter.name)}</code></td><td><code>${escape(parameter.usual)}</code></td><td>${prose(parameter.help)}${
    parameter.options.length > 0
      ? optionsList(parameter)
      : `<br><span class="quiet">${escape(parameter.values)}</span>`
  }</td></tr>`;

const parameterTable = (parameters: readonly HelpParameter[]): string =>
  parameters.length === 0
    ? ''
    : `<table><thead><tr><th>Name</th><th>Default</th><th>Meaning</th></tr></thead><tbody>${parameters.map(parameterRow).join('')}</tbody></table>`;

const portText = ({ name, kind, many, optional }: Port): string =>
  `<code>${escape(name)}</code> (${kind}${many ? ', any number of wires' : ''}${optional ? ', optional' : ''})`;
const portsText = ({ inputs, outputs }: HelpPage): string =>
  [
    inputs.length > 0 ? `<p>In: ${inputs.map(portText).join(', ')}.</p>` : '',
    outputs.length > 0 ? `<p>Out: ${outputs.map(portText).join(', ')}.</p>` : '',
  ].join('');

const fileOf = ({ type }: HelpPage): string => `${type}.html`;

function blockHtml(page: HelpPage): HtmlFile {
  const body = [
    `<p class="quiet"><a href="index.html">All blocks</a> · ${escape(page.category)}</p>`,
    `<h1>${escape(page.title)}</h1><p class="quiet">${prose(page.summary)}</p>`,
    section('What it does', paragraphs(page.what) + picture(page.curve)),
    section('Shapes', paragraphs(page.shapes)),
    section('Ports', portsText(page)),
    section('Parameters', parameterTable(page.parameters)),
    section('Typical mistakes', paragraphs(page.mistakes)),
    section('Source', `<p>${prose(page.source)}</p>`),
  ].join('\n');
  return { name: fileOf(page), text: pageOf(page.title, body) };
}

function indexHtml(pages: readonly HelpPage[]): HtmlFile {
  const row = (page: HelpPage): string =>
    `<tr><td><a href="${fileOf(page)}">${escape(page.title)}</a></td><td>${prose(page.summary)}</td></tr>`;
  const categories = CATEGORIES.map((category) => {
    const rows = pages.filter((page) => page.category === category).map(row);
    return rows.length === 0 ? '' : section(category, `<table><tbody>${rows.join('')}</tbody></table>`);
  });
  return { name: 'index.html', text: pageOf('Blocks', `<h1>Blocks</h1>${categories.join('\n')}`) };
}

/** A page for each block, and `index.html`. */
export const helpFiles = (pages: readonly HelpPage[]): HtmlFile[] => [
  indexHtml(pages),
  ...pages.map(blockHtml),
];
