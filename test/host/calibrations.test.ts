/** How fast this computer trains: measured once by a real engine, kept, and measured again where it no longer holds. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Calibration } from '../../shared/protocol/calibration';
import { processorName } from '../../electron/setup/computer';
import { lacks } from '../environment';
import { canTrain, hostForTest, valueOf, type Hosted } from './hosted';

let hosted: Hosted;
afterEach(() => hosted.close());

const file = (): string => path.join(hosted.folder, 'data', 'calibration.json');

describe.skipIf(lacks('the native engine', canTrain))('how fast this computer trains', () => {
  it('is measured once, in figures that a processor can reach, by an engine that ends afterwards', async () => {
    hosted = hostForTest();
    // A damaged file counts as none.
    writeFileSync(file(), '{');
    const [first, beside] = await Promise.all([hosted.host.calibration({}), hosted.host.calibration({})]);
    const { rates, device } = valueOf(first);
    expect(valueOf(beside)).toEqual(valueOf(first));
    expect(rates.products).toBeGreaterThan(1e8);
    expect(rates.products).toBeLessThan(1e15);
    expect(rates.convolutions).toBeGreaterThan(1e8);
    expect(rates.bytes).toBeGreaterThan(1e8);
    expect(rates.operation).toBeLessThan(1e-3);
    expect(hosted.engines).toHaveLength(1);

    // What the library said that it computes on stands wherever the engine is named.
    const about = valueOf(await hosted.host.about({}));
    expect(about).toMatchObject({ processor: processorName(), engine: { state: 'ready', device } });

    const again = await hosted.restart();
    expect(valueOf(await again.calibration({}))).toEqual(valueOf(first));
    expect(hosted.engines).toHaveLength(1);
  });

  it('is measured anew where another engine was measured', async () => {
    hosted = hostForTest();
    const other: Calibration = {
      format: 'axonry-calibration',
      version: 1,
      machine: 'linux, x64, another processor, 2 threads, TensorFlow 2.7.0',
      time: 1000,
      device: 'another processor',
      rates: { products: 1, convolutions: 1, bytes: 1, operation: 1 },
    };
    writeFileSync(file(), JSON.stringify(other));
    const { machine, rates } = valueOf(await hosted.host.calibration({}));
    expect(machine).toContain(processorName());
    expect(rates.products).toBeGreaterThan(1e8);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ machine });
  });
});
