/** IDXImages: a folder of picture and label files in the IDX format of MNIST. */
import { defineBlock } from '../block';
import { sourcePorts } from '../ports';

export const idxImages = defineBlock({
  type: 'IDXImages',
  version: 1,
  title: 'IDX images',
  category: 'Data',
  search: ['mnist', 'fashion', 'emnist', 'ubyte', 'gz', 'pictures', 'files', 'folder', 'data set'],
  summary: 'Pictures and labels from a folder of IDX files, as MNIST comes.',
  help: [
    'Reads `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and, where they are there, the `t10k-` files as the test part; also packed as `.gz`. Fashion-MNIST and EMNIST use the same format.',
    'Columns: `image` `[height, width, 1]`, whole numbers from 0 to 255, and the label as classes. Scale brings the pixels to 0…1.',
    'Typical mistake: choosing a file. The block wants the folder in which the files lie.',
  ].join('\n\n'),
  source: 'LeCun, Cortes and Burges, The MNIST database of handwritten digits (1998)',
  parameters: {
    folder: { kind: 'path', default: '', accepts: 'folder', help: 'The folder with the IDX files.' },
  },
  ports: () => sourcePorts,
  caption: ({ folder }) => folder.split(/[\\/]/).filter(Boolean).pop() ?? 'no folder chosen',
  behaviour: {
    kind: 'source',
    reader: 'idx',
    unready: ({ folder }) =>
      folder === '' ? 'No folder of IDX files is chosen yet. Choose one in the data block.' : null,
  },
});
