/** Says what a computer has to compute with: its processor, and graphics cards where the system lists them. */
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** `AMD EPYC`: as the system calls it, without the marks of its maker. */
export function processorName(): string {
  const model = os.cpus().at(0)?.model ?? '';
  const name = model.replace(/\((R|TM|tm)\)/g, '').replace(/\s+/g, ' ').trim(); // prettier-ignore
  return name === '' || name === 'unknown' ? `${process.arch} processor` : name;
}

const NVIDIA_CARDS = '/proc/driver/nvidia/gpus';

/** Names of the cards that NVIDIA's driver on Linux lists; elsewhere nobody can be asked without a program of its maker. */
export function graphicsCards(): string[] {
  try {
    return readdirSync(NVIDIA_CARDS).flatMap((card) => {
      const information = readFileSync(path.join(NVIDIA_CARDS, card, 'information'), 'utf8');
      return /^Model:\s*(.+)$/m.exec(information)?.[1].trim() ?? [];
    });
  } catch {
    return [];
  }
}

/** What a library computes on that has said whether it uses a graphics card. */
export const deviceName = (onGraphicsCard: boolean): string =>
  onGraphicsCard ? (graphicsCards().at(0) ?? 'a graphics card') : processorName();
