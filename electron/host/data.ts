/** What data blocks hold: facts and samples for the window, and facts read again before a run. */
import type { BlockId, Document, Json } from '../../shared/document/document';
import type { DataFacts } from '../../shared/document/facts';
import type { SourceReference } from '../../shared/protocol/engine';
import type { SampleView } from '../../shared/protocol/samples';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import type { Boundary } from './boundary';
import type { DataGrants } from './data-grants';
import type { Emit } from './events';
import type { Inspection } from './inspection';
import { pathsOf, sourceBlocks, sourceReference } from './sources';

type Params = Record<string, Json>;

export interface FactsProblem {
  block: BlockId;
  problem: Problem;
}

/** Who wants to know what a data block holds; no project: a command, or a run that begins. */
interface Asker {
  project: string | null;
  block: BlockId;
}

export class Data {
  constructor(
    private readonly boundary: Boundary,
    private readonly inspection: Inspection,
    private readonly emit: Emit,
    /** null where who asks is trusted, or bounded otherwise. */
    private readonly grants: DataGrants | null = null,
  ) {}

  /** How far it is comes as `reading` events of `asker`, where it takes longer than a moment. */
  async facts(type: string, params: Params, folder: string, asker: Asker): Promise<Result<DataFacts>> {
    const source = await this.source(type, params, folder);
    if (!source.ok) return source;
    return this.inspection.facts(source.value, (progress) =>
      this.emit({ type: 'reading', ...asker, progress }),
    );
  }

  /** Who waits for it is answered `data/stopped`. */
  async stopReading(type: string, params: Params, folder: string): Promise<Result<null>> {
    const source = await this.source(type, params, folder);
    return source.ok ? this.inspection.stopReading(source.value) : source;
  }

  async samples(
    type: string,
    params: Params,
    folder: string,
    offset: number,
    limit: number,
  ): Promise<Result<SampleView[]>> {
    const source = await this.source(type, params, folder);
    return source.ok ? this.inspection.samples(source.value, offset, limit) : source;
  }

  /** The document with what its sources hold now. Sources that cannot be read keep the facts that they had. */
  async refreshed(
    document: Document,
    folder: string,
  ): Promise<{ document: Document; problems: FactsProblem[] }> {
    const facts = { ...document.facts };
    const problems: FactsProblem[] = [];
    for (const id of sourceBlocks(document)) {
      const { type, params } = document.blocks[id];
      const read = await this.facts(type, params, folder, { project: null, block: id });
      if (read.ok) facts[id] = read.value;
      else problems.push({ block: id, problem: read.problem });
    }
    return { document: { ...document, facts }, problems };
  }

  /** The document as a run freezes it, or why its data cannot be trained on. */
  async forRun(document: Document, folder: string): Promise<Result<Document>> {
    const { document: fresh, problems } = await this.refreshed(document, folder);
    if (problems.length > 0) return fail(problems[0].problem.code, problems[0].problem.message);
    for (const id of sourceBlocks(fresh)) {
      const error = fresh.facts[id].problems.find((problem) => problem.severity === 'error');
      if (error) return fail(error.code, error.message);
    }
    return ok(fresh);
  }

  /** Whether a window may have all data of the document read. */
  async admitted(document: Document, folder: string): Promise<Result<void>> {
    for (const id of sourceBlocks(document)) {
      const { type, params } = document.blocks[id];
      const admitted = await this.admit(type, params, folder);
      if (!admitted.ok) return admitted;
    }
    return ok(undefined);
  }

  private async admit(type: string, params: Params, folder: string): Promise<Result<void>> {
    for (const file of pathsOf(type, params, folder)) {
      const bounded = await this.boundary.admit(file);
      if (!bounded.ok) return bounded;
      const granted = await this.grants?.admit(file, folder);
      if (granted?.ok === false) return granted;
    }
    return ok(undefined);
  }

  private async source(type: string, params: Params, folder: string): Promise<Result<SourceReference>> {
    const admitted = await this.admit(type, params, folder);
    return admitted.ok ? sourceReference(type, params, folder) : admitted;
  }
}
