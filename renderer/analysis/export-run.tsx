/** Takes a trained network away: asks for a folder, writes it, and says what reading it back gave. */
import { Download, X } from 'lucide-react';
import { useState } from 'react';
import type { Exported } from '../../shared/protocol/evaluation';
import type { RunRecord } from '../../shared/protocol/run';
import type { Result } from '../../shared/result';
import { askForPath } from '../state/dialogs';
import { host } from '../state/host';
import { goesOn } from '../ui/run-state';
import { plural } from '../ui/numbers';

type Stand = { run: string; answer: Result<Exported> | null };

export interface Export {
  stand: Stand | null;
  start: () => void;
  dismiss: () => void;
}

/** One export at a time; what it gave stays until it is dismissed or another run shows. */
export function useExport({ run, project, number }: RunRecord): Export {
  const [stand, setStand] = useState<Stand | null>(null);
  const start = async () => {
    const path = await askForPath({
      title: 'Export for TensorFlow.js',
      choose: 'save',
      name: `${project.replace(/\.axon$/, '')}-run-${number}-tfjs`,
      action: 'Export into this folder',
    });
    if (path === null) return;
    setStand({ run, answer: null });
    const answer = await host.exportRun({ run, format: 'tfjs', path });
    setStand((now) => (now?.run === run ? { run, answer } : now));
  };
  return {
    stand: stand?.run === run ? stand : null,
    start: () => void start(),
    dismiss: () => setStand(null),
  };
}

export function ExportButton({
  record,
  epochs,
  exporting,
}: {
  record: RunRecord;
  epochs: number;
  exporting: Export;
}) {
  const reason = goesOn(record.state)
    ? 'The run goes on. It can be exported when it has ended.'
    : epochs === 0
      ? 'No epoch was finished: there are no weights to export.'
      : null;
  const busy = exporting.stand !== null && exporting.stand.answer === null;
  return (
    <button
      type="button"
      className="btn"
      aria-label="Export for TensorFlow.js"
      aria-disabled={reason !== null || busy}
      title={reason ?? 'A folder that tf.loadLayersModel of TensorFlow.js reads'}
      onClick={() => {
        if (reason === null && !busy) exporting.start();
      }}
    >
      <Download size={14} strokeWidth={1.5} aria-hidden />
      <span>
        Export<span className="export-format"> for TensorFlow.js</span>
      </span>
    </button>
  );
}

function verifiedWords({ verified, maxDifference, reader }: Exported): string {
  if (!verified || maxDifference === null)
    return 'It was not read back, so nothing is known about its predictions.';
  const difference = maxDifference === 0 ? 'exactly' : `up to ${maxDifference.toExponential(1)}`;
  return `Read back with ${reader ?? 'TensorFlow.js'}: its predictions agree ${difference} with those of the run.`;
}

export function ExportStrip({ exporting: { stand, dismiss } }: { exporting: Export }) {
  if (!stand) return null;
  const { answer } = stand;
  if (answer === null)
    return (
      <p className="examine-strip s12" role="status">
        Writing the model, then reading it back to compare its predictions.
      </p>
    );
  return (
    <div
      className="examine-strip s12"
      role={answer.ok ? 'status' : 'alert'}
      data-severity={answer.ok ? 'ok' : 'error'}
    >
      <span className="dot" />
      <span className="grow">
        {answer.ok ? (
          <>
            Exported {plural(answer.value.files.length, 'file')} to{' '}
            <span className="mono">{answer.value.path}</span>. {verifiedWords(answer.value)}
          </>
        ) : (
          answer.problem.message
        )}
      </span>
      <button type="button" className="btn ghost icon" aria-label="Dismiss" onClick={dismiss}>
        <X size={14} strokeWidth={1.5} aria-hidden />
      </button>
    </div>
  );
}
