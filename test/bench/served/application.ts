/** A project in an application of its own, asked over the socket that a window uses. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Document } from '../../../shared/document/document';
import type { HostEvent } from '../../../shared/protocol/host-api';
import { saveText } from '../../../shared/document/load';
import { HostClient, startApplication } from '../../application';

export async function withApplication<T>(
  document: Document,
  use: (client: HostClient, project: { project: string; document: Document }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-'));
  mkdirSync(path.join(folder, 'data'));
  const file = path.join(folder, 'net.axon');
  writeFileSync(file, saveText(document));
  const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
  const client = await HostClient.connect(application.address);
  try {
    const { project, document: opened } = await client.need('openProject', { path: file });
    return await use(client, { project, document: opened });
  } finally {
    client.close();
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Steps have been made: short epochs are over before anything is told within them. */
export const goesOn = (event: HostEvent): boolean =>
  event.type === 'run' && (event.event.type === 'progress' || event.event.type === 'epoch');
