/** Architectures to begin with: what is known by a name, with its picture and the count of its weights. */
import { useMemo, useState } from 'react';
import {
  documentOf,
  FAMILIES,
  templates,
  type Family,
  type Template,
} from '../../shared/architectures/templates';
import { openTemplate } from '../state/project-files';
import { countText } from '../ui/numbers';
import { NetworkDrawing } from './network-drawing';

function Card({ template }: { template: Template }) {
  const document = useMemo(() => documentOf(template), [template]);
  return (
    <li>
      <button
        type="button"
        className="example-card"
        title={template.source}
        onClick={() => void openTemplate(template.name)}
      >
        <span className="example-picture">
          <NetworkDrawing document={document} />
        </span>
        <span className="example-text">
          <b>{template.title}</b>
          <span className="s12 ink2 example-summary">{template.summary}</span>
          <span className="s11 ink3 num">{countText(template.parameters)} weights</span>
        </span>
      </button>
    </li>
  );
}

export function Architectures() {
  const [family, setFamily] = useState<Family>('Pictures');
  return (
    <section aria-label="Architectures" data-area="architectures">
      <div className="start-heading">
        <h2>Architectures</h2>
        <span className="grow" />
        <div className="seg" role="group" aria-label="Kind of architecture">
          {FAMILIES.map((one) => (
            <button key={one} type="button" aria-pressed={one === family} onClick={() => setFamily(one)}>
              {one}
            </button>
          ))}
        </div>
      </div>
      <ul className="example-cards">
        {templates
          .filter((template) => template.family === family)
          .map((template) => (
            <Card key={template.name} template={template} />
          ))}
      </ul>
      <p className="s12 ink3 examples-end">
        Each opens as a copy of your own. Those for large pictures have no data yet: shapes and costs are
        known, and data can be wired to them.
      </p>
    </section>
  );
}
