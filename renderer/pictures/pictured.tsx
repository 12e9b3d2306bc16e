/** What a network makes after an epoch: of random numbers, of samples beside what they should become, of its code. */
import type { ReactNode } from 'react';
import type { Pictures, PicturesOf } from '../../shared/protocol/pictures';
import { plural } from '../ui/numbers';
import { CodePlane } from './code-plane';
import { picturesIn, Sheet } from './sheet';

function Part({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <section className="pictured" aria-label={title}>
      <h2>{title}</h2>
      <p className="s12 ink2">{words}</p>
      {children}
    </section>
  );
}

function Made({ pictures: { made, real } }: { pictures: PicturesOf<'noise'> }) {
  const count = picturesIn(made);
  const columns = Math.ceil(Math.sqrt(count));
  return (
    <Part
      title="Made of random numbers"
      words="Each picture is made of the same random numbers after every epoch. What changes is what was learned."
    >
      <div className="pictured-made">
        <div>
          <span className="s12 ink3">Made</span>
          <Sheet sheet={made} columns={columns} name={`${plural(count, 'picture')} that the network makes`} />
        </div>
        <div>
          <span className="s12 ink3">From the data</span>
          <Sheet sheet={real} columns={columns} name={`${plural(count, 'picture')} of the data`} />
        </div>
      </div>
    </Part>
  );
}

/** One row of pictures for each thing that there is to compare. */
export const rowsOf = ({ given, made, wanted }: PicturesOf<'samples'>) => [
  ...(given ? [{ name: 'Given', sheet: given }] : []),
  { name: 'Made', sheet: made },
  { name: given ? 'Wanted' : 'Original', sheet: wanted },
];

function Rebuilt({ pictures }: { pictures: PicturesOf<'samples'> }) {
  const { given, made } = pictures;
  const count = picturesIn(made);
  return (
    <Part
      title={given ? 'Given, made and wanted' : 'Made and original'}
      words={`The same ${plural(count, 'sample')} after every epoch, of the validation part where there is one.`}
    >
      <div className="pictured-rows">
        {rowsOf(pictures).map(({ name, sheet }) => (
          <div key={name} className="pictured-row">
            <span className="s12 ink3">{name}</span>
            <Sheet sheet={sheet} columns={count} name={`${name}: ${plural(count, 'picture')}`} />
          </div>
        ))}
      </div>
    </Part>
  );
}

function Code({ pictures }: { pictures: PicturesOf<'code'> }) {
  return (
    <Part
      title="The code of two numbers"
      words="Left: the picture that is made of each pair of numbers. Right: where the encoder puts samples. A place on the left is the same place on the right."
    >
      <CodePlane pictures={pictures} />
    </Part>
  );
}

export function Pictured({ pictures }: { pictures: Pictures }) {
  switch (pictures.of) {
    case 'noise':
      return <Made pictures={pictures} />;
    case 'samples':
      return <Rebuilt pictures={pictures} />;
    case 'code':
      return <Code pictures={pictures} />;
  }
}
