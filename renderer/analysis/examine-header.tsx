/** The line over Examine: which run, which part of the data, how good, and the way out. */
import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Part } from '../../shared/document/facts';
import type { RunRecord } from '../../shared/protocol/run';
import { showRun, useRuns } from '../state/runs-store';
import type { Ledger } from '../training/ledger';
import { countText } from '../ui/numbers';
import { PART_NAMES, resultText } from '../ui/run-result';
import { runStateColor, runWords } from '../ui/run-state';
import { ExportButton, ExportStrip, useExport } from './export-run';
import { lookAtPart, useExamine } from './examine-store';
import { hasBoth, partSizes } from './shown';

const runLabel = (record: RunRecord): string =>
  `Run ${record.number}, ${runWords(record)}${resultText(record)}`;

export function RunSelect({ record }: { record: RunRecord }) {
  const records = useRuns((state) => state.records);
  return (
    <Select
      className="run-select"
      aria-label="Run"
      data={records.map((one) => ({ value: one.run, label: runLabel(one) }))}
      value={record.run}
      onChange={(run) => run && void showRun(run)}
      leftSection={<span className="dot" style={{ color: runStateColor(record.state) }} />}
      leftSectionWidth={22}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
    />
  );
}

function PartSwitch({ ledger, part }: { ledger: Ledger; part: Part }) {
  const sizes = partSizes(ledger);
  return (
    <div className="seg" role="group" aria-label="Part of the data">
      {(['train', 'validation', 'test'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === part}
          disabled={sizes[one] === 0}
          title={
            sizes[one] === 0
              ? 'The data have no such part. A Split block makes one.'
              : `${countText(sizes[one])} samples`
          }
          onClick={() => lookAtPart(one)}
        >
          {PART_NAMES[one]}
        </button>
      ))}
    </div>
  );
}

const VIEWS = { pictures: 'Pictures', matrix: 'Matrix' } as const;

function ViewSwitch() {
  const view = useExamine((state) => state.view);
  return (
    <div className="seg" role="group" aria-label="What is shown">
      {(['pictures', 'matrix'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          onClick={() => useExamine.setState({ view: one })}
        >
          {VIEWS[one]}
        </button>
      ))}
    </div>
  );
}

export function HeaderFigure({ value, label }: { value: string; label: string }) {
  return (
    <div className="header-figure num">
      <b>{value}</b>
      <span>{label}</span>
    </div>
  );
}

interface ExamineHeaderProps {
  record: RunRecord;
  ledger: Ledger;
  part: Part;
  /** The figures of what is shown. */
  children?: ReactNode;
}

export function ExamineHeader({ record, ledger, part, children }: ExamineHeaderProps) {
  const exporting = useExport(record);
  return (
    <div>
      <section className="examine-header" aria-label="What is examined" data-area="examined">
        <RunSelect record={record} />
        <PartSwitch ledger={ledger} part={part} />
        {hasBoth(ledger) && <ViewSwitch />}
        <div className="header-figures">{children}</div>
        <ExportButton record={record} epochs={ledger.epochs.length} exporting={exporting} />
      </section>
      {part === 'test' && (
        <p className="examine-strip s12" data-severity="warn" role="status">
          <span className="dot" />
          Read from test data: choosing by it spends the test set.
        </p>
      )}
      <ExportStrip exporting={exporting} />
    </div>
  );
}
