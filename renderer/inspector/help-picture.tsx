/** The picture of a help page in the inspector. */
import type { Drawing, Mark } from '../../shared/help/drawing';

function MarkShape({ mark }: { mark: Mark }) {
  switch (mark.kind) {
    case 'line':
      return <path className={`help-line ${mark.tone}${mark.dashed ? ' dashed' : ''}`} d={mark.d} />;
    case 'area':
      return <path className={`help-area ${mark.tone}`} d={mark.d} />;
    case 'text':
      return (
        <text x={mark.x} y={mark.y} textAnchor={mark.anchor}>
          {mark.text}
        </text>
      );
  }
}

export function HelpPicture({ picture: { width, height, caption, marks } }: { picture: Drawing }) {
  return (
    <figure className="help-picture">
      <svg width={width} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={caption}>
        {marks.map((mark, i) => (
          <MarkShape key={i} mark={mark} />
        ))}
      </svg>
      <figcaption className="s12 ink3">{caption}</figcaption>
    </figure>
  );
}
