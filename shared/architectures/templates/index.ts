/** Owns the list of templates, in the order in which they are offered. */
import { autoencoders } from './autoencoders';
import { beginnings } from './beginnings';
import { generative } from './generative';
import { pictures } from './pictures';
import { segmentation } from './segmentation';
import { sequences } from './sequences';
import type { Template } from './template';

export { documentOf, FAMILIES, type Family, type Template } from './template';

export const templates: readonly Template[] = [
  ...beginnings,
  ...pictures,
  ...segmentation,
  ...autoencoders,
  ...generative,
  ...sequences,
];

export const templateOf = (name: string): Template | undefined =>
  templates.find((template) => template.name === name);
