/** Owns a drawing as SVG, as text. */
import type { Drawing, Mark } from './drawing';

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function markSvg(mark: Mark): string {
  switch (mark.kind) {
    case 'line':
      return `<path class="line ${mark.tone}${mark.dashed ? ' dashed' : ''}" d="${mark.d}"/>`;
    case 'area':
      return `<path class="area ${mark.tone}" d="${mark.d}"/>`;
    case 'text':
      return `<text x="${mark.x}" y="${mark.y}" text-anchor="${mark.anchor}">${escape(mark.text)}</text>`;
  }
}

export const svgOf = ({ width, height, caption, marks }: Drawing): string =>
  `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(caption)}">${marks.map(markSvg).join('')}</svg>`;
