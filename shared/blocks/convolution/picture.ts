/** Owns what blocks ask of their input that work on the rows and columns of a picture. */
import { shapeText } from '../../compiler/shape';
import type { InputShape } from '../block';
import { refuse, wrongRank, type Refusal } from '../inference';
import { pictureFixes } from './window';

export const PICTURE = '[batch, height, width, channels]';

/** The error where the input is no map, else null. */
export const noPicture = (title: string, input: InputShape): Refusal | null =>
  input.shape.length === 4
    ? null
    : wrongRank(
        title,
        PICTURE,
        input,
        'It works on rows and columns, so both must still be there.',
        pictureFixes(input.shape),
      );

/** The error of a layer with weights for each channel that does not know how many there are. */
export const unknownChannels = (title: string, input: InputShape): Refusal =>
  refuse({
    code: 'shape/mismatch',
    port: 'input',
    message: `${title} needs a known number of channels; it gets ${shapeText(input.shape)} from ${input.from}.`,
    why: 'Every filter has weights for each channel.',
  });
