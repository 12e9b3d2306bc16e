/**
 * Whether two runs that train at once share the computer: each alone with all cores, alone with the threads of one of two,
 * and both together; two equal runs, and a small one with a heavy one. Each measurement ends after some seconds.
 */
import { setTimeout as pass } from 'node:timers/promises';
import type { Document } from '../../shared/document/document';
import type { HostEvent } from '../../shared/protocol/host-api';
import { goesOn, withApplication } from './served/application';
import { heavy, little } from './served/networks';

const SECONDS = 8;
/** Of what it does alone with its threads: what memory and caches take is nobody's share. */
const LEAST_OF_ITS_OWN = 0.7;
/** Two equal runs differ by less than this. */
const MOST_APART = 1.15;

const PAIRS: readonly [title: string, ...documents: [Document, Document]][] = [
  ['two equal runs', heavy, heavy],
  ['a small run and a heavy one', little, heavy],
];

/** Steps a second of a run, from the first to the last that it told of in this stretch of its events. */
function pace(events: readonly HostEvent[], run: string): number {
  const told = events.flatMap((event) =>
    event.type === 'run' &&
    event.run === run &&
    (event.event.type === 'progress' || event.event.type === 'epoch')
      ? [event.event]
      : [],
  );
  const [first, last] = [told[0], told[told.length - 1]];
  if (told.length < 2) throw new Error(`the run ${run} told too little in ${SECONDS} seconds`);
  return (1000 * (last.step - first.step)) / (last.time - first.time);
}

/** Steps a second of each of these runs while all of them train. */
const together = (documents: readonly Document[], runsAtOnce: 1 | 2): Promise<number[]> =>
  withApplication(documents[0], async (client, { project }) => {
    await client.need('changeSettings', { runsAtOnce });
    const runs: string[] = [];
    for (const document of documents) runs.push((await client.need('startRun', { project, document })).run);
    for (const run of runs)
      await client.waitFor((event) => goesOn(event) && event.type === 'run' && event.run === run);
    const before = client.events.length;
    await pass(1000 * SECONDS);
    return runs.map((run) => pace(client.events.slice(before), run));
  });

/** Jain, Chiu and Hawe 1984: 1 where all have the same part, 1/n where one has everything. */
const jain = (parts: readonly number[]): number =>
  parts.reduce((sum, part) => sum + part, 0) ** 2 /
  (parts.length * parts.reduce((sum, part) => sum + part ** 2, 0));

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

async function measure(title: string, pair: readonly Document[]): Promise<boolean> {
  const known = new Map<Document, { whole: number; own: number }>();
  for (const document of new Set(pair)) {
    const [whole] = await together([document], 1);
    const [own] = await together([document], 2);
    known.set(document, { whole, own });
  }
  const both = await together(pair, 2);
  const of = both.map((steps, i) => {
    const { whole, own } = known.get(pair[i]) ?? { whole: steps, own: steps };
    return { whole, own, steps, ofWhole: steps / whole, ofOwn: steps / own };
  });
  console.log(title);
  for (const { whole, own, steps, ofWhole, ofOwn } of of)
    console.log(`  alone ${whole.toFixed(1)} steps/s with all cores, ${own.toFixed(1)} with its threads; beside the other ${steps.toFixed(1)}: ${percent(ofWhole)} and ${percent(ofOwn)} of that`); // prettier-ignore
  const parts = of.map(({ ofOwn }) => ofOwn);
  const sum = of.reduce((total, { ofWhole }) => total + ofWhole, 0);
  console.log(
    `  Jain's index ${jain(parts).toFixed(3)}; together ${percent(sum)} of what one run alone does`,
  );
  const apart = Math.max(...parts) / Math.min(...parts);
  return Math.min(...parts) >= LEAST_OF_ITS_OWN && (pair[0] !== pair[1] || apart <= MOST_APART);
}

export async function bench(): Promise<boolean> {
  let good = true;
  for (const [title, ...pair] of PAIRS) good = (await measure(title, pair)) && good;
  return good;
}
