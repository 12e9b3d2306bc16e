/** A name that may be broken over lines where its words meet: `MeanSquaredError`, `restore_best_weights`. */
import { Fragment } from 'react';

const WORDS = /(?<=[a-z0-9])(?=[A-Z])|(?<=_)/;

export function Breakable({ name }: { name: string }) {
  return name.split(WORDS).map((word, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}
