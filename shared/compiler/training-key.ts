/** Owns what makes two plans the same training: everything but how long it goes. */
import { hashOf } from '../document/canonical';
import type { Plan } from './plan';

/** A checkpoint of a plan with this key can be continued by every plan with the same one. */
export const trainingKey = ({ hash: _, ...plan }: Plan): string =>
  hashOf({ ...plan, trainers: plan.trainers.map(({ epochs: _epochs, ...trainer }) => trainer) });
