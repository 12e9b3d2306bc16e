/** Junction: passes on what arrives. Where a wire enters or leaves a composite block, and where wires are brought together. */
import { defineBlock, PORT_KINDS } from '../block';

export const junction = defineBlock({
  type: 'Junction',
  version: 1,
  title: 'Junction',
  category: 'Composite',
  search: ['port', 'entrance', 'exit', 'reroute', 'identity', 'pass through'],
  summary: 'Passes on what arrives, unchanged.',
  help: [
    'Takes one wire and gives the same to as many as leave it. It computes nothing, has no weights and does not appear in the trained network.',
    'Inside a composite block it is where a wire comes in or goes out: its title is the name of the port outside. On the canvas it keeps long wires tidy.',
    'Typical mistake: expecting a layer here; the activation `linear` is a layer that passes values on.',
  ].join('\n\n'),
  source: 'Axonry; the same as a reroute node of other flow editors',
  parameters: {
    kind: {
      kind: 'choice',
      options: PORT_KINDS,
      default: 'tensor',
      help: 'What runs through it; a tensor between layers, a dataset between data blocks.',
    },
  },
  ports: ({ kind }) => ({
    inputs: [{ name: 'input', kind }],
    outputs: [{ name: 'output', kind }],
  }),
  caption: () => '',
  behaviour: { kind: 'junction' },
});
