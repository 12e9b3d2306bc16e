/** Owns the family's list, in the order of the palette: the sources of data. */
import { csvTable } from './csv-table';
import { digits } from './digits';
import { idxImages } from './idx-images';
import { sequenceData } from './sequence-data';
import { toyData } from './toy-data';

export const dataBlocks = [digits, idxImages, csvTable, toyData, sequenceData];
