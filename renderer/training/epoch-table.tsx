/** The figures of every epoch, the newest first. */
import { lossText, metricText, metricTitle } from './figures';
import { keptEpoch, type Ledger } from './ledger';

export function EpochTable({ ledger, metric }: { ledger: Ledger; metric: string | null }) {
  if (ledger.epochs.length === 0) return null;
  const kept = keptEpoch(ledger)?.epoch;
  const validated = ledger.epochs.some((epoch) => epoch.validation);
  return (
    <section className="card epoch-table" aria-label="Epochs">
      <h2>Epochs</h2>
      <div className="epoch-rows" tabIndex={0} aria-label="Figures of every epoch">
        <table className="num">
          <thead>
            <tr>
              <th>epoch</th>
              <th>loss</th>
              {validated && <th>val. loss</th>}
              {metric && (
                <th>
                  {metricTitle(metric)
                    .toLowerCase()
                    .replace('mean absolute error', 'MAE')
                    .replace('mean squared error', 'MSE')}
                </th>
              )}
              {metric && validated && <th>val.</th>}
            </tr>
          </thead>
          <tbody>
            {[...ledger.epochs].reverse().map((epoch) => (
              <tr key={epoch.epoch} data-best={epoch.epoch === kept || undefined}>
                <td>{epoch.epoch}</td>
                <td>{epoch.train.loss === null ? 'undefined' : lossText(epoch.train.loss)}</td>
                {validated && (
                  <td className="curve-validation">
                    {epoch.validation?.loss == null ? '–' : lossText(epoch.validation.loss)}
                  </td>
                )}
                {metric && <td>{metricText(metric, epoch.train[metric] ?? null)}</td>}
                {metric && validated && (
                  <td className="curve-validation">
                    {epoch.validation ? metricText(metric, epoch.validation[metric] ?? null) : '–'}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
