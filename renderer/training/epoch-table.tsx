/** The figures of every epoch, the newest first. */
import { columnText } from './column-text';
import { metricTitle } from './figures';
import { keptWeights, type Kept, type Ledger } from './ledger';

/** Older epochs are in the curves and in the run's ledger. */
const MOST_ROWS = 500;

const keptText = ({ epoch, within, ended }: Kept): string => {
  if (within) return `weights from within epoch ${epoch} are kept`;
  return `epoch ${epoch} is ${ended ? 'kept' : 'the best so far'}`;
};

const shortTitle = (metric: string): string =>
  metricTitle(metric)
    .replace('Mean absolute error', 'MAE')
    .replace('Root mean squared error', 'RMSE')
    .replace('Mean squared error', 'MSE')
    .replace('Accuracy', 'accuracy');

export function EpochTable({ ledger, metric }: { ledger: Ledger; metric: string | null }) {
  if (ledger.epochs.length === 0) return null;
  const kept = keptWeights(ledger);
  const shown = ledger.epochs.slice(-MOST_ROWS).reverse();
  const trained = (name: string) =>
    columnText(
      name,
      shown.map(({ train }) => train[name]),
    );
  const judged = (name: string) =>
    columnText(
      name,
      shown.map(({ validation }) => validation?.[name]),
    );
  const loss = trained('loss');
  const validationLoss = judged('loss');
  const figure = metric === null ? null : { train: trained(metric), validation: judged(metric) };
  const validated = ledger.epochs.some((epoch) => epoch.validation);
  return (
    <section className="card epoch-table" aria-label="Epochs">
      <div className="row g8">
        <h2 className="grow">Epochs</h2>
        {kept && <span className="s11 ink3">{keptText(kept)}</span>}
      </div>
      <div className="epoch-rows" tabIndex={0} aria-label="Figures of every epoch">
        <table className="num">
          <thead>
            <tr>
              <th>epoch</th>
              <th>loss</th>
              {validated && <th>val. loss</th>}
              {metric && <th>{shortTitle(metric)}</th>}
              {metric && validated && <th>val. {shortTitle(metric)}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((epoch) => (
              <tr key={epoch.epoch} data-best={epoch.epoch === kept?.at || undefined}>
                <td>{epoch.epoch}</td>
                <td>{loss(epoch.train.loss)}</td>
                {validated && <td className="curve-validation">{validationLoss(epoch.validation?.loss)}</td>}
                {metric && <td>{figure?.train(epoch.train[metric])}</td>}
                {metric && validated && (
                  <td className="curve-validation">{figure?.validation(epoch.validation?.[metric])}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {ledger.epochs.length > MOST_ROWS && (
          <p className="s11 ink3">
            The last {MOST_ROWS} of {ledger.epochs.length} epochs.
          </p>
        )}
      </div>
    </section>
  );
}
