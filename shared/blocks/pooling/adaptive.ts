/** The adaptive pooling layers: everything that they say follows from the kind and the number of axes. */
import { adaptivePooling } from './pool';

export const adaptivePoolingBlocks = [
  adaptivePooling('Average', 2),
  adaptivePooling('Max', 2),
  adaptivePooling('Average', 1),
  adaptivePooling('Max', 1),
  adaptivePooling('Average', 3),
  adaptivePooling('Max', 3),
];
