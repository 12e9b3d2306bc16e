/**
 * Asks about data and trained networks through one inspect process that is kept alive, and started again when it ended.
 * Keeps nothing of what it is told.
 */
import { dataFacts, type DataFacts } from '../../shared/document/facts';
import type { InspectRequests, SourceReference } from '../../shared/protocol/engine';
import type {
  Cell,
  Evaluation,
  Exported,
  Plane,
  Regression,
  SamplesByLoss,
} from '../../shared/protocol/evaluation';
import type { ReadingProgress } from '../../shared/protocol/reading';
import type { SampleView } from '../../shared/protocol/samples';
import { fail, ok, type Result } from '../../shared/result';
import { EngineClient, inspectLimits } from './engine-client';
import type { HostFolders } from './folders';
import type { Launcher } from './launcher';
import type { Backend, NativeEngine } from './native-engine';
import type { Settings } from './settings';

export type TellProgress = (progress: ReadingProgress) => void;

/** A process of the engine that the person has chosen, to ask. */
export const inspectingEngine = (
  launcher: Launcher,
  folders: HostFolders,
  { place, backend }: NativeEngine,
  { threads }: Settings,
  onReading?: (source: SourceReference, progress: ReadingProgress) => void,
): EngineClient =>
  new EngineClient(
    launcher,
    { role: 'inspect', nativeFolder: place, backend, cacheFolder: folders.cache, threads },
    inspectLimits(),
    undefined,
    undefined,
    onReading,
  );

export class Inspection {
  private client: EngineClient | null = null;
  private backend: Backend | null = null;
  private readonly listeners = new Set<{ key: string; tell: TellProgress }>();

  constructor(
    private readonly launcher: Launcher,
    private readonly folders: HostFolders,
    private readonly engine: NativeEngine,
    private readonly settings: Settings,
  ) {}

  /** `tell`: how far it is, where that takes longer than a moment. */
  async facts(source: SourceReference, tell: TellProgress): Promise<Result<DataFacts>> {
    const listener = { key: JSON.stringify(source), tell };
    this.listeners.add(listener);
    const answer = await this.alive().request('facts', { source });
    this.listeners.delete(listener);
    if (!answer.ok) return answer;
    const parsed = dataFacts.safeParse(answer.value);
    return parsed.success
      ? { ok: true, value: parsed.data }
      : fail(
          'data/facts-malformed',
          `What was read from ${source.reader} cannot be used. Run "npm run axonry -- doctor".`,
        );
  }

  async stopReading(source: SourceReference): Promise<Result<null>> {
    return this.client === null ? ok(null) : this.client.request('stopReading', { source });
  }

  samples(source: SourceReference, offset: number, limit: number): Promise<Result<SampleView[]>> {
    return this.alive().request('samples', { source, offset, limit });
  }

  async evaluate(params: InspectRequests['evaluate']): Promise<Result<Evaluation>> {
    return this.withEngine((client) => client.request('evaluate', params));
  }

  async cell(params: InspectRequests['cell']): Promise<Result<Cell>> {
    return this.withEngine((client) => client.request('cell', params));
  }

  async regression(params: InspectRequests['regression']): Promise<Result<Regression>> {
    return this.withEngine((client) => client.request('regression', params));
  }

  async byLoss(params: InspectRequests['byLoss']): Promise<Result<SamplesByLoss>> {
    return this.withEngine((client) => client.request('byLoss', params));
  }

  async plane(params: InspectRequests['plane']): Promise<Result<Plane | null>> {
    return this.withEngine((client) => client.request('plane', params));
  }

  async export(params: InspectRequests['export']): Promise<Result<Exported>> {
    return this.withEngine((client) => client.request('export', params));
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    await client?.quit();
  }

  /** Predictions need TensorFlow; reading data does not. */
  private async withEngine<T>(ask: (client: EngineClient) => Promise<Result<T>>): Promise<Result<T>> {
    const folder = await this.engine.ensure();
    return folder.ok ? ask(this.alive()) : folder;
  }

  private alive(): EngineClient {
    if (this.client && !this.client.over && this.backend === this.engine.backend) return this.client;
    // The person has chosen another engine meanwhile.
    void this.client?.quit();
    this.backend = this.engine.backend;
    this.client = inspectingEngine(
      this.launcher,
      this.folders,
      this.engine,
      this.settings,
      (source, progress) => {
        const key = JSON.stringify(source);
        for (const listener of this.listeners) if (listener.key === key) listener.tell(progress);
      },
    );
    return this.client;
  }
}
