/** Owns how the command line writes down where the time of a step goes, block by block. */
import type { Examination, ExaminedBlock } from '../../shared/protocol/run';

/** What was to be expected: milliseconds of a step, and by block forward and backward. */
export interface Estimated {
  step: number;
  blocks: Record<string, number>;
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 3 : 1)} ms`;
/** `1.3 × what it takes`; far below, how many times less. */
const besideTaken = (share: number): string =>
  share < 0.1
    ? `${Math.round(1 / share).toLocaleString('en')} times less than it takes`
    : `${share.toFixed(share < 10 ? 2 : 0)} × what it takes`;
const timeOf = ({ forward, backward }: ExaminedBlock): number => forward + backward;

/** One table for each look. `estimate`: null where none could be made. */
export function profileText(
  { trainer, stage, blocks, batchSize, milliseconds: phases, run }: Examination,
  estimate: Estimated | null = null,
): string {
  const whole = blocks.reduce((sum, block) => sum + timeOf(block), 0);
  const width = Math.max(8, ...blocks.map(({ block }) => block.length));
  const line = (name: string, forward: string, backward: string, share: string, expected: string) =>
    `${name.padEnd(width)} ${forward.padStart(12)} ${backward.padStart(12)} ${share.padStart(7)} ${expected.padStart(12)}`.trimEnd();
  const expectedOf = (block: string): string =>
    estimate?.blocks[block] === undefined ? '' : milliseconds(estimate.blocks[block]);
  const whose = [
    ...(stage !== undefined && stage > 1 ? [`Stage ${stage}.`] : []),
    ...(trainer === undefined ? [] : [`The turn of ${trainer}.`]),
  ];
  return [
    ...(whose.length > 0 ? [whose.join(' ')] : []),
    line('block', 'forward', 'backward', 'share', estimate ? 'estimate' : ''),
    ...[...blocks]
      .sort((a, b) => timeOf(b) - timeOf(a))
      .map((block) =>
        line(
          block.block,
          milliseconds(block.forward),
          milliseconds(block.backward),
          `${((100 * timeOf(block)) / whole).toFixed(1)} %`,
          expectedOf(block.block),
        ),
      ),
    '',
    `A batch of ${batchSize}, operation by operation: input ${milliseconds(phases.input)}, forward ${milliseconds(phases.forward)}, backward ${milliseconds(phases.backward)}, update ${milliseconds(phases.update)}.`,
    `A step as it is trained${trainer === undefined ? '' : ', all turns,'} takes ${milliseconds(run.step)}: its operations run together. ${milliseconds(run.telemetry)} of that is telling.`,
    ...(estimate === null
      ? []
      : [
          `From the network's costs and the speed of this computer ${milliseconds(estimate.step)} were estimated, ${besideTaken(estimate.step / run.step)}.`,
        ]),
  ].join('\n');
}
