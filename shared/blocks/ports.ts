/** Owns the ports that many blocks share. */
import type { Ports } from './block';

export const sourcePorts: Ports = { inputs: [], outputs: [{ name: 'data', kind: 'dataset' }] };

export const preparationPorts: Ports = {
  inputs: [{ name: 'data', kind: 'dataset' }],
  outputs: [{ name: 'data', kind: 'dataset' }],
};

export const layerPorts: Ports = {
  inputs: [{ name: 'input', kind: 'tensor' }],
  outputs: [{ name: 'output', kind: 'tensor' }],
};

export const mergePorts: Ports = {
  inputs: [{ name: 'inputs', kind: 'tensor', many: true }],
  outputs: [{ name: 'output', kind: 'tensor' }],
};

export const lossPorts: Ports = {
  inputs: [
    { name: 'prediction', kind: 'tensor' },
    { name: 'labels', kind: 'dataset' },
  ],
  outputs: [{ name: 'loss', kind: 'loss' }],
};

export const optimizerPorts: Ports = { inputs: [], outputs: [{ name: 'optimizer', kind: 'optimizer' }] };

/** For two tensors that must not be taken one for the other. */
export const pairPorts = (first = 'first', second = 'second'): Ports => ({
  inputs: [
    { name: first, kind: 'tensor' },
    { name: second, kind: 'tensor' },
  ],
  outputs: [{ name: 'output', kind: 'tensor' }],
});
