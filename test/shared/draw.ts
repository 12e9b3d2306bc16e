/** Draws small documents for tests, as a person would: block after block, each wired to the last one that fits. */
import { definitionOf } from '../../shared/blocks/catalogue';
import { connect, portsOf } from '../../shared/compiler/connect';
import { compile } from '../../shared/compiler/compile';
import type { Compilation } from '../../shared/compiler/compilation';
import { emptyDocument, type Document, type Json } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import type { DataFacts } from '../../shared/document/facts';
import { nextId } from '../../shared/document/ids';

type Params = Record<string, Json>;

export class Drawing {
  constructor(public document: Document = emptyDocument('test-document', '0.0.0')) {}

  /** Places a block without wires. `facts` are what a reader would find behind it. */
  place(
    type: string,
    params: Params = {},
    {
      id = nextId(this.document, type),
      title = '',
      facts,
    }: { id?: string; title?: string; facts?: DataFacts } = {},
  ): this {
    const count = Object.keys(this.document.blocks).length;
    const block = {
      type,
      version: definitionOf(type)?.version ?? 1,
      title,
      params,
      position: { x: 184 * (count % 5), y: 144 * Math.floor(count / 5) },
    };
    this.document = apply(this.document, { kind: 'add-block', id, block });
    if (facts) this.document = { ...this.document, facts: { ...this.document.facts, [id]: facts } };
    return this;
  }

  /** `from` and `to` as `id` or `id.port`; without a port the first one of a fitting kind. */
  wire(from: string, to: string): this {
    const [fromBlock, fromPort] = from.split('.');
    const [toBlock, toPort] = to.split('.');
    const outputs = portsOf(this.document, fromBlock)?.outputs ?? [];
    const output = outputs.find(({ name }) => !fromPort || name === fromPort);
    const inputs = portsOf(this.document, toBlock)?.inputs ?? [];
    const input = inputs.find(({ name, kind }) => (toPort ? name === toPort : kind === output?.kind));
    if (!output || !input) throw new Error(`no ports for ${from} → ${to}`);
    const edit = connect(
      this.document,
      { block: fromBlock, port: output.name },
      { block: toBlock, port: input.name },
    );
    if (edit.kind === 'batch' && edit.edits.length === 0) throw new Error(`refused: ${from} → ${to}`);
    this.document = apply(this.document, edit);
    return this;
  }

  /** A row of blocks, each wired to the one before: `[type, params]` or a type. */
  chain(start: string, ...blocks: (string | [string, Params])[]): this {
    let last = start;
    for (const entry of blocks) {
      const [type, params] = typeof entry === 'string' ? [entry, {}] : entry;
      const id = nextId(this.document, type);
      this.place(type, params, { id }).wire(last, id);
      last = id;
    }
    return this;
  }

  set(id: string, name: string, value: Json): this {
    this.document = apply(this.document, { kind: 'set-param', id, name, value });
    return this;
  }

  /** Another block in its place: id and wires stay. */
  changeType(id: string, type: string, params: Params = {}): this {
    const block = { ...this.document.blocks[id], type, params };
    this.document = apply(this.document, { kind: 'add-block', id, block });
    return this;
  }

  mode(id: string, mode: 'bypassed' | 'muted'): this {
    this.document = apply(this.document, { kind: 'set-mode', id, mode });
    return this;
  }

  remove(wire: string): this {
    this.document = apply(this.document, { kind: 'remove-wire', id: wire });
    return this;
  }

  compile(): Compilation {
    return compile(this.document);
  }
}

export const draw = (): Drawing => new Drawing();

interface Finish {
  loss?: string;
  lossParams?: Params;
  optimizer?: string;
  train?: Params;
}

/** Data, the given layers, a loss, Adam and Train: a whole network. `facts` stand for a source with these data. */
export function network(
  facts: DataFacts,
  preparations: (string | [string, Params])[],
  layers: (string | [string, Params])[],
  { loss = 'CategoricalCrossentropy', lossParams = {}, optimizer = 'Adam', train = {} }: Finish = {},
): Drawing {
  const drawing = draw().place('Digits', {}, { id: 'data', facts });
  drawing.chain('data', ...preparations, 'Input');
  const prepared =
    Object.values(drawing.document.wires).find(({ to }) => to.block === 'input')?.from.block ?? 'data';
  drawing.chain('input', ...layers);
  const blocks = Object.keys(drawing.document.blocks);
  drawing
    .place(loss, lossParams, { id: 'loss' })
    .wire(blocks[blocks.length - 1], 'loss')
    .wire(prepared, 'loss');
  return drawing
    .place(optimizer, {}, { id: 'optimizer' })
    .place('Train', train, { id: 'train' })
    .wire('loss', 'train')
    .wire('optimizer', 'train');
}
