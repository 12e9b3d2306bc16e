/** cost/too-large: a training that needs more memory than the machine has, told before it is started. */
import type { DataFacts } from '../../document/facts';
import type { Diagnostic } from '../diagnostic';
import { fittingBatch, memoryNeed } from '../memory-need';
import type { Machine, Network } from '../network';
import type { Plan } from '../plan';
import { warning } from './rule';

const BYTES_OF = { uint8: 1, int32: 4, float32: 4, string: 0 } as const;

/** What the columns in use take as they are stored; those that stay on the disk take nothing. */
function dataBytes({ inputs, losses }: Plan, facts: ReadonlyMap<string, DataFacts>): number {
  const used = new Map<string, number>();
  for (const { dataset, columns } of [...inputs, ...losses]) {
    const data = facts.get(dataset);
    for (const { name, dtype, shape, onDisk } of data?.columns ?? [])
      if (data && columns.includes(name) && !onDisk)
        used.set(`${dataset} ${name}`, data.n * BYTES_OF[dtype] * shape.reduce((a, b) => a * b, 1));
  }
  return [...used.values()].reduce((sum, bytes) => sum + bytes, 0);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

export function costTooLarge(plan: Plan, network: Network, { memory }: Machine): Diagnostic[] {
  const [trainer] = plan.trainers;
  const train = network.graph.nodes.get(trainer.block);
  const bytes = dataBytes(plan, network.facts);
  const rows = Math.min(
    ...plan.losses.map(({ dataset }) => network.facts.get(dataset)?.parts.train ?? Infinity),
  );
  const size = Math.min(trainer.batch_size, rows);
  const need = memoryNeed(plan, bytes, size);
  if (!train || need.total <= memory) return [];
  const fits = fittingBatch(plan, bytes, memory);
  return [
    warning('cost/too-large', train, {
      message: `Training needs about ${gigabytes(need.total)} of memory, ${gigabytes(need.activations + need.batch)} of it for a batch of ${size}; this machine has ${gigabytes(memory)}.`,
      why:
        fits === null
          ? 'Not even one sample at a time fits. Pooling, larger strides or fewer units make the network smaller.'
          : 'The run would be refused or the system would stop it. A smaller batch needs less at once and learns as well.',
      fixes: [
        fits === null
          ? null
          : {
              label: `Set batch_size to ${fits}`,
              edit: { kind: 'set-param', id: train.id, name: 'batch_size', value: fits },
            },
      ],
    }),
  ];
}
