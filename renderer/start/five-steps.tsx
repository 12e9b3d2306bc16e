/** The way from data to a network that can be taken away, in five sentences. */

const STEPS: readonly { title: string; text: string }[] = [
  {
    title: 'Look at the data',
    text: 'A data block shows what its file holds: samples, columns, classes, and what is missing.',
  },
  {
    title: 'Draw the network',
    text: 'Wire blocks from the data to Train. Shapes appear on the wires; what does not fit says why.',
  },
  { title: 'Train it', text: 'Run it and watch the loss of training and validation, epoch by epoch.' },
  { title: 'See its mistakes', text: 'The confusion matrix leads to each sample that was read wrong.' },
  {
    title: 'Take it away',
    text: 'Export the trained network for TensorFlow.js; it is read back and compared.',
  },
];

export function FiveSteps() {
  return (
    <section aria-label="From data to a network in five steps" className="card five-steps">
      <h2>A first network in five steps</h2>
      <ol>
        {STEPS.map(({ title, text }, i) => (
          <li key={title}>
            <span className="step-number num" aria-hidden="true">
              {i + 1}
            </span>
            <b>{title}</b>
            <span className="s12 ink2">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
