/** The examples, asked for by what a network should do. */
import { useState } from 'react';
import type { Example } from '../../shared/protocol/host-api';
import { openExample } from '../state/project-files';
import { dataLine } from './data-line';
import { NetworkDrawing } from './network-drawing';

type Filter = Example['kind'] | 'all';
const FILTERS: readonly { filter: Filter; title: string }[] = [
  { filter: 'all', title: 'All' },
  { filter: 'images', title: 'Images' },
  { filter: 'tables', title: 'Tables' },
  { filter: 'toys', title: 'Toys' },
];

function Card({ example }: { example: Example }) {
  return (
    <li>
      <button type="button" className="example-card" onClick={() => void openExample(example.name)}>
        <span className="example-picture">
          <NetworkDrawing document={example.document} />
        </span>
        <span className="example-text">
          <b>{example.title}</b>
          <span className="s12 ink2 example-summary">{example.summary}</span>
          <span className="s11 ink3 num">{dataLine(example)}</span>
          {example.needs && <span className="s11 example-needs">{example.needs}</span>}
        </span>
      </button>
    </li>
  );
}

export function ExampleCards({ examples }: { examples: readonly Example[] | null }) {
  const [filter, setFilter] = useState<Filter>('all');
  const shown = examples?.filter((example) => filter === 'all' || example.kind === filter) ?? [];
  return (
    <section aria-label="Examples" data-area="examples">
      <div className="start-heading">
        <h2>What should the network do?</h2>
        <span className="grow" />
        <div className="seg" role="group" aria-label="Kind of data">
          {FILTERS.map(({ filter: one, title }) => (
            <button key={one} type="button" aria-pressed={one === filter} onClick={() => setFilter(one)}>
              {title}
            </button>
          ))}
        </div>
      </div>
      {examples?.length === 0 && (
        <p className="ink2">
          No examples were found beside the application. Empty canvas and Open work without them.
        </p>
      )}
      {examples !== null && examples.length > 0 && shown.length === 0 && (
        <p className="ink2">No example of this kind is here.</p>
      )}
      <ul className="example-cards">
        {shown.map((example) => (
          <Card key={example.name} example={example} />
        ))}
      </ul>
      {shown.length > 0 && (
        <p className="s12 ink3 examples-end">
          Each opens as a complete network, as a copy of your own: change anything.
        </p>
      )}
    </section>
  );
}
