/** Keeps the host's knowledge of the native engine: looked for once, prepared when asked, its progress told as events. */
import type { EngineSettings } from '../../shared/protocol/engine';
import type { EngineState } from '../../shared/protocol/host-api';
import { fail, ok, type Result } from '../../shared/result';
import { findNative, prepareNative, type PreparedWay } from '../setup/native-engine';
import { processorName } from '../setup/computer';
import { nativeFolder } from '../setup/locations';
import type { Emit } from './events';

export type Backend = EngineSettings['backend'];

const IN_WASM: EngineState = {
  state: 'ready',
  device: processorName(),
  version: 'WebAssembly',
  portable: true,
};

export class NativeEngine {
  private known: EngineState = { state: 'unknown' };
  private folder: string | null = null;
  private preparing: { result: Promise<Result<string>>; abort: AbortController } | null = null;

  constructor(
    private chosen: Backend,
    private readonly emit: Emit,
  ) {}

  get backend(): Backend {
    return this.chosen;
  }

  get state(): EngineState {
    return this.known;
  }

  /** Where the engine is or would be: enough for an engine process that only reads data. */
  get place(): string {
    return this.folder ?? nativeFolder();
  }

  /** Looks without fetching anything. */
  async look(): Promise<EngineState> {
    if (this.known.state !== 'unknown' || this.preparing) return this.known;
    if (this.backend === 'wasm') return this.become(IN_WASM);
    const found = await findNative();
    return found.ok ? this.found(found.value.path, found.value.tensorflow) : this.known;
  }

  /** The native folder; fetched or built where it is missing. Those who ask meanwhile wait for the same preparation. */
  async ensure(ways?: readonly PreparedWay[]): Promise<Result<string>> {
    if ((await this.look()).state === 'ready') return ok(this.place);
    this.preparing ??= this.start(ways);
    return this.preparing.result;
  }

  /** The last way: no native code, so slower. */
  takeWebAssembly(): void {
    this.cancel();
    this.chosen = 'wasm';
    this.become(IN_WASM);
  }

  /** Back from the last way: the native engine is looked for again. */
  leaveWebAssembly(): void {
    if (this.chosen !== 'wasm') return;
    this.chosen = 'tensorflow';
    this.become({ state: 'unknown' });
  }

  cancel(): void {
    this.preparing?.abort.abort();
  }

  private start(ways?: readonly PreparedWay[]): { result: Promise<Result<string>>; abort: AbortController } {
    const abort = new AbortController();
    this.become({ state: 'preparing' });
    const result = prepareNative({
      signal: abort.signal,
      ...(ways ? { ways } : {}),
      onProgress: ({ stage, message, done, total }) =>
        this.emit({ type: 'setup', stage, message, done, total }),
    }).then((prepared): Result<string> => {
      this.preparing = null;
      if (prepared.ok) {
        this.found(prepared.value.path, prepared.value.tensorflow);
        return ok(prepared.value.path);
      }
      // The person took the last way meanwhile.
      if (this.backend === 'wasm') return ok(this.place);
      this.become({ state: 'missing', message: prepared.problem.message });
      return fail(prepared.problem.code, prepared.problem.message);
    });
    return { result, abort };
  }

  private found(folder: string, version: string): EngineState {
    this.folder = folder;
    return this.become({ state: 'ready', version: `TensorFlow ${version}` });
  }

  /** What its library said, once an engine process has loaded it. */
  computesOn(device: string): void {
    if (this.known.state === 'ready' && this.known.device !== device) this.become({ ...this.known, device });
  }

  private become(state: EngineState): EngineState {
    this.known = state;
    this.emit({ type: 'engine', ...state });
    return state;
  }
}
