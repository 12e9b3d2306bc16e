/** What a data block holds: how many samples, in which parts, which columns and classes, what is wrong, what they look like. */
import { useEffect, useState } from 'react';
import type { BlockResult } from '../../shared/compiler/compilation';
import type { Block } from '../../shared/document/document';
import { PARTS, type ColumnFacts, type DataFacts } from '../../shared/document/facts';
import type { SampleView } from '../../shared/protocol/samples';
import { SeverityMark } from '../icons/marks';
import { valuesOf } from '../../shared/blocks/catalogue';
import { host } from '../state/host';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';
import { readSourcesAgain, stopReading } from '../state/data-facts';
import { useSources } from '../state/source-states';
import { ReadingBar } from '../ui/reading-bar';
import { SamplePicture } from '../ui/sample-picture';
import { ChoosePath } from './path-field';
import { countText, figureText, plural, shareText } from '../ui/numbers';

const SAMPLES = 16;
/** More are not drawn; the list scrolls long before. */
const MOST_COLUMNS = 200;
const MOST_CLASSES = 12;
/** In a line of the table of columns. */
const NAMED_CLASSES = 5;

function Parts({ facts }: { facts: DataFacts }) {
  return (
    <>
      <div className="kv">
        <span>Samples</span>
        <span className="num">{countText(facts.n)}</span>
      </div>
      {PARTS.filter((part) => facts.parts[part] > 0).map((part) => (
        <div className="kv" key={part}>
          <span className="part">{part}</span>
          <span className="num">
            {countText(facts.parts[part])}{' '}
            <span className="ink3">({shareText(facts.parts[part], facts.n)})</span>
          </span>
        </div>
      ))}
    </>
  );
}

/** A greatest value of 999.7 does not read 1000. */
const boundText = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) < 1e-3
    ? figureText(value)
    : value.toLocaleString('en-US', { maximumSignificantDigits: 5 });

/** Texts that stand as classes are named; how they are numbered says nothing. */
export const rangeText = ({ min, max, classes }: ColumnFacts): string => {
  if (classes && classes.length > 0)
    return `${classes.slice(0, NAMED_CLASSES).join(', ')}${classes.length > NAMED_CLASSES ? ` and ${classes.length - NAMED_CLASSES} more` : ''}`;
  return min === null || max === null ? '' : `${boundText(min)} to ${boundText(max)}`;
};
const typeText = ({ shape, dtype, classes }: ColumnFacts): string =>
  shape.length > 0 ? shape.join('\u2009×\u2009') : classes ? plural(classes.length, 'value') : dtype;

function Columns({ columns }: { columns: readonly ColumnFacts[] }) {
  return (
    <div className="columns-list" role="group" aria-label="Columns" tabIndex={0}>
      <table className="columns-table">
        <thead>
          <tr>
            <th>Column</th>
            <th>Role</th>
            <th>Type</th>
            <th>Range</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, MOST_COLUMNS).map((column) => (
            <tr key={column.name}>
              <td title={column.name}>{column.name}</td>
              <td className="ink2">{column.role}</td>
              <td className="ink2">{typeText(column)}</td>
              <td className="ink2 num columns-range">
                {rangeText(column)}
                {column.missing > 0 && (
                  <span className="warn-text"> {plural(column.missing, 'empty cell')}</span>
                )}
              </td>
            </tr>
          ))}
          {columns.length > MOST_COLUMNS && (
            <tr>
              <td colSpan={4} className="ink3">
                and {columns.length - MOST_COLUMNS} more columns
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Classes({ classes, counts }: { classes: readonly string[]; counts: readonly number[] | undefined }) {
  const most = Math.max(1, ...(counts ?? []));
  return (
    <div className="data-classes" role="list" aria-label="Classes">
      {classes.slice(0, MOST_CLASSES).map((name, i) => (
        <div key={name} role="listitem" className="data-class">
          <span className="data-class-name" title={name}>
            {name}
          </span>
          <span>
            <span className="data-class-bar" style={{ width: `${((counts?.[i] ?? 0) / most) * 100}%` }} />
          </span>
          <span className="num ink3">{counts ? countText(counts[i] ?? 0) : ''}</span>
        </div>
      ))}
      {classes.length > MOST_CLASSES && (
        <span className="ink3 s11">and {classes.length - MOST_CLASSES} more classes</span>
      )}
    </div>
  );
}

/** Samples of a source, asked again when its data change. */
function useSamples({ type, params }: Block, fingerprint: string): readonly SampleView[] {
  const [samples, setSamples] = useState<readonly SampleView[]>([]);
  const project = useProject((state) => state.project?.id);
  useEffect(() => {
    if (!project) return;
    let late = false;
    void host
      .samples({ project, type, params: valuesOf({ type, params }), offset: 0, limit: SAMPLES })
      .then((answer) => {
        if (!late && answer.ok) setSamples(answer.value);
      });
    return () => {
      late = true;
    };
  }, [project, fingerprint, type, params]);
  return samples;
}

function Samples({ block, facts }: { block: Block; facts: DataFacts }) {
  const samples = useSamples(block, facts.fingerprint);
  const target = facts.columns.find(({ role }) => role === 'target');
  const rows = samples.flatMap((sample) => (sample.kind === 'row' ? [sample] : []));
  if (samples.length === 0) return null;
  return (
    <section>
      <h3>Samples</h3>
      <div className="data-samples">
        {samples.map((sample, i) =>
          sample.kind === 'picture' ? (
            <figure key={i}>
              <SamplePicture picture={sample} size={56} />
              <figcaption className="s11 ink2">{sample.label ?? ''}</figcaption>
            </figure>
          ) : null,
        )}
      </div>
      {rows.length > 0 && (
        <div className="sample-rows">
          <table className="columns-table">
            <thead>
              <tr>
                {rows[0].cells.map(({ column }) => (
                  <th key={column}>{column}</th>
                ))}
                {target && <th title={target.name}>{target.name}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, 8).map((row, i) => (
                <tr key={i}>
                  {row.cells.map(({ column, text }) => (
                    <td key={column} className="num">
                      {text}
                    </td>
                  ))}
                  {target && <td>{row.label ?? ''}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function SourceStateLine({ id, block }: { id: string; block: Block }) {
  const source = useSources((state) => state.sources[id]);
  if (source?.state === 'reading')
    return source.progress ? (
      <>
        <ReadingBar progress={source.progress} />
        <div className="row data-reading">
          <button type="button" className="btn" onClick={() => void stopReading(id)}>
            Cancel
          </button>
        </div>
      </>
    ) : (
      <p className="s12 ink2">Reading the data.</p>
    );
  // What is missing is said among the problems; here it is put right.
  if (source?.state === 'unready') return <ChoosePath id={id} block={block} className="btn primary" />;
  if (source?.state === 'failed')
    return (
      <>
        <p className="s12 data-problem">
          <SeverityMark severity="error" />
          {source.problem.message}
        </p>
        <div className="row g8">
          <ChoosePath id={id} block={block} className="btn primary" />
          <button type="button" className="btn" onClick={readSourcesAgain}>
            Read again
          </button>
        </div>
      </>
    );
  return null;
}

export function DataSection({
  id,
  block,
  result,
  isSource,
}: {
  id: string;
  block: Block;
  result: BlockResult | undefined;
  isSource: boolean;
}) {
  const facts = result?.facts ?? null;
  const isFed = useProject(({ document }) => Object.values(document.wires).some(({ to }) => to.block === id));
  // What the compiler no longer says, as of texts that are cut into words by now, is not said here either.
  const open = useCompilation((state) => state.problems);
  const problems = (facts?.problems ?? []).filter(
    ({ message }) => !isSource || open.some((problem) => problem.block === id && problem.message === message),
  );
  const target = facts?.columns.find((column) => column.role === 'target' && column.classes);
  return (
    <>
      <section>
        <h3>{isSource ? (facts?.source ?? 'Data') : 'Data after this block'}</h3>
        {isSource && <SourceStateLine id={id} block={block} />}
        {facts ? (
          <Parts facts={facts} />
        ) : (
          !isSource && (
            <p className="s12 ink2">
              {isFed
                ? 'What comes before this block has not been read yet.'
                : 'No data arrive here yet. Connect a data block to the left port.'}
            </p>
          )
        )}
        {problems.map((problem) => (
          <p key={problem.message} className="s12 data-problem">
            <SeverityMark severity={problem.severity} />
            {problem.message}
          </p>
        ))}
      </section>
      {facts && (
        <section>
          <h3>Columns</h3>
          <Columns columns={facts.columns} />
        </section>
      )}
      {target?.classes && (
        <section>
          <h3>{plural(target.classes.length, 'class', 'classes')}</h3>
          <Classes classes={target.classes} counts={target.classCounts} />
        </section>
      )}
      {isSource && facts && <Samples block={block} facts={facts} />}
    </>
  );
}
