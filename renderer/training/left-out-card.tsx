/** Says which figures a run has not computed because it was stopped meanwhile, and computes them. */
import { useState } from 'react';
import type { RunRecord } from '../../shared/protocol/run';
import { SeverityMark } from '../icons/marks';
import { completeReport } from './run-actions';
import { PART_WORDS } from './figures';
import type { Ledger } from './ledger';

const listed = new Intl.ListFormat('en');

interface LeftOutCardProps {
  record: RunRecord;
  ledger: Ledger;
}

export function LeftOutCard({ record: { run, report, state }, ledger }: LeftOutCardProps) {
  const [computes, setComputes] = useState(false);
  const parts = report?.leftOut ?? [];
  if (parts.length === 0 || (state !== 'stopped' && state !== 'finished')) return null;
  const judged = parts.includes('validation')
    ? ledger.epochs.filter(({ validation }) => validation).at(-1)
    : undefined;
  const compute = async () => {
    setComputes(true);
    await completeReport(run);
    setComputes(false);
  };
  return (
    <section className="card advice-card" data-severity="hint" aria-label="Figures left out">
      <h2 className="row g8">
        <SeverityMark severity="hint" size={16} ground="var(--block)" /> Not all figures are there
      </h2>
      <p className="s12 ink2">
        The run was stopped before it had judged its weights on the{' '}
        {listed.format(parts.map((part) => PART_WORDS[part]))} samples.
      </p>
      {judged && (
        <p className="s12 ink3">
          The validation figures over the curves are those after epoch {judged.epoch}.
        </p>
      )}
      <button className="btn" aria-disabled={computes} onClick={() => void (computes || compute())}>
        {computes ? 'Computing…' : 'Compute them'}
      </button>
    </section>
  );
}
