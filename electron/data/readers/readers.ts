/** The readers by the name that source blocks and the plan use. */
import type { Reader } from './reader';
import { readCsv } from './csv';
import { readDigits } from './digits';
import { readIdx } from './idx';
import { readSequences } from './sequences';
import { readToy } from './toy';

export const readers: Readonly<Record<'digits' | 'idx' | 'csv' | 'toy' | 'sequences', Reader>> = {
  digits: readDigits,
  idx: readIdx,
  csv: readCsv,
  toy: readToy,
  sequences: readSequences,
};
export type ReaderName = keyof typeof readers;

export const isReaderName = (name: string): name is ReaderName =>
  Object.prototype.hasOwnProperty.call(readers, name);
