/** Says that a host is at work on a run, so that another start of Axonry does not take it for lost. */
import path from 'node:path';
import { readHeartbeat, startHeartbeat, type Heartbeat } from './heartbeat';

const fileOf = (run: string): string => path.join(run, '.running');

export const startRunHeartbeat = (run: string): Promise<Heartbeat> => startHeartbeat(fileOf(run));

export const isAtWork = async (run: string): Promise<boolean> => (await readHeartbeat(fileOf(run))) !== null;
