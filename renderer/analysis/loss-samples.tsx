/** The samples with the largest loss, whatever the loss is about; beside each the picture that was made of it. */
import type { LossSample } from '../../shared/protocol/evaluation';
import type { HostParams } from '../../shared/protocol/host-api';
import { host } from '../state/host';
import { lossText } from '../training/figures';
import { countText } from '../ui/numbers';
import { useAsked } from './asked';
import { placeCounted, placeText } from './place-text';
import { SampleShown } from './sample-shown';

const SHOWN = 60;

export type LossQuestion = Omit<HostParams<'byLoss'>, 'offset' | 'limit'>;
const askByLoss = (question: LossQuestion) => host.byLoss({ ...question, offset: 0, limit: SHOWN });

function Card({ sample }: { sample: LossSample }) {
  const { view, loss, made } = sample;
  return (
    <li className="loss-card">
      <SampleShown view={view} name="Sample" />
      {made && <SampleShown view={made} name="What the network makes of it" />}
      <span className="s11 ink2 num">
        loss <b>{lossText(loss)}</b>
        {view.label !== undefined && <span className="answer-name">, {view.label}</span>}
        <br />
        <span className="ink3" title={placeCounted(sample)}>
          {placeText(sample)}
        </span>
      </span>
    </li>
  );
}

interface LossSamplesProps {
  /** null while it is not known what to ask. */
  question: LossQuestion | null;
  /** Changes when the kept weights do. */
  weights: string;
}

export function LossSamples({ question, weights }: LossSamplesProps) {
  const asked = useAsked(question, askByLoss, weights);
  const hasMade = asked.state === 'answered' && asked.value.samples.some(({ made }) => made);
  return (
    <section className="loss-samples" aria-label="Samples with the largest loss" data-area="samples">
      <div className="examine-heading">
        <h2>Largest loss</h2>
        <span className="s12 ink3">
          {hasMade ? 'the sample, and what is made of it' : 'the hardest samples'}
        </span>
      </div>
      {asked.state === 'answered' ? (
        <div className="loss-scroll" tabIndex={0} aria-label="List of samples">
          <ul>
            {asked.value.samples.map((sample) => (
              <Card key={sample.index} sample={sample} />
            ))}
          </ul>
          <p className="s12 ink3 num">
            {countText(asked.value.samples.length)} of {countText(asked.value.n)} shown, by the loss{' '}
            {asked.value.loss}
          </p>
        </div>
      ) : (
        <p className="examine-note s12 ink2" role={asked.state === 'failed' ? 'alert' : 'status'}>
          {asked.state === 'failed' && asked.problem.message}
          {asked.state === 'waiting' && asked.slow && 'Reading the samples and their losses.'}
          {asked.state === 'unasked' && 'They are listed for the kept weights when the run has ended.'}
        </p>
      )}
    </section>
  );
}
