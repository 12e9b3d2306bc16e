/**
 * Phase 0: puts the blocks of composites in the place of the blocks that are made of them. What comes out is an ordinary
 * document whose blocks have paths as ids: `residual/conv2d` is conv2d inside residual, `residual//2/conv2d` the one of
 * its second repetition. Seeds, weights and the plan name blocks by these paths. Wires outside keep their ids.
 */
import { catalogue } from '../blocks/catalogue';
import type { Block, BlockId, Composite, Document, Endpoint, Json, Wire, WireId } from '../document/document';
import { removeBlocks } from '../document/edits';
import { sortedEntries } from '../document/ids';
import { checkParameters } from './check-parameters';
import { definitionIn, innerParameters, portsIn, REPEAT, valuesIn } from './composites';
import type { Diagnostic } from './diagnostic';
import { Memory } from './memory';

const DEEPEST = 16;
const MOST_BLOCKS = 20_000;

/** Where a block or wire of the inlined document is drawn. */
export interface Place {
  /** The composite in whose network it lies; null for the document itself. */
  composite: string | null;
  /** Its id there. */
  id: string;
  /** The blocks that it is inside of, outermost first, as paths. */
  inside: readonly string[];
}

/** A block that is made of a composite, by its path. */
export interface Instance extends Place {
  definition: string;
  /** The end inside that stands for a port; null where the block is bypassed and the port has no part. */
  inputs: ReadonlyMap<string, Endpoint | null>;
  outputs: ReadonlyMap<string, Endpoint | null>;
  /** What its own parameters set inside. */
  sets: ReadonlyMap<string, Record<string, Json>>;
}

export interface Inlined {
  document: Document;
  diagnostics: Diagnostic[];
  blocks: Map<BlockId, Place>;
  wires: Map<WireId, Place>;
  instances: Map<string, Instance>;
}

/** The same objects for the same document, so that what was computed of them is remembered. */
const setBlocks = new Memory<Block>();
const innerWires = new Memory<Wire>();

type Network = Pick<Document, 'blocks' | 'wires'>;
interface Level {
  network: Network;
  composite: string | null;
  prefix: string;
  /** Paths of the blocks around. */
  inside: readonly string[];
  /** Composites around: one of them again would never end. */
  around: readonly string[];
  sets: ReadonlyMap<string, Record<string, Json>>;
}

export function inline(document: Document): Inlined {
  const inlining = new Inlining(document);
  const isMade = ({ type }: Block) => Object.hasOwn(document.composites, type);
  if (!Object.values(document.blocks).some(isMade)) return { ...inlining, document };
  const { blocks, wires } = document;
  inlining.place({
    network: { blocks, wires },
    composite: null,
    prefix: '',
    inside: [],
    around: [],
    sets: new Map(),
  });
  return { ...inlining, document: inlining.result() };
}

class Inlining {
  readonly diagnostics: Diagnostic[] = [];
  readonly blocks = new Map<BlockId, Place>();
  readonly wires = new Map<WireId, Place>();
  readonly instances = new Map<string, Instance>();
  private readonly keptBlocks = new Map<BlockId, Block>();
  private readonly keptWires = new Map<WireId, Wire>();

  constructor(private readonly source: Document) {}

  result(): Document {
    this.nameInnerBlocks();
    return {
      ...this.source,
      blocks: Object.fromEntries(this.keptBlocks),
      wires: Object.fromEntries(this.keptWires),
    };
  }

  place(level: Level): void {
    const { network, composite, prefix, inside } = level;
    for (const [id, original] of Object.entries(network.blocks)) {
      const path = prefix + id;
      const set = level.sets.get(id);
      const block = set
        ? setBlocks.of(original, path, [JSON.stringify(set)], () => ({
            ...original,
            params: { ...original.params, ...set },
          }))
        : original;
      const place = { composite, id, inside };
      if (Object.hasOwn(this.source.composites, block.type) && block.mode !== 'muted')
        this.unfold(level, path, block, place);
      else this.keep(path, block, place);
    }
    for (const [id, wire] of Object.entries(network.wires)) this.tie(level, id, wire);
  }

  private keep(path: string, block: Block, place: Place): void {
    this.keptBlocks.set(path, block);
    this.blocks.set(path, place);
  }

  private tie({ prefix, composite, inside }: Level, id: WireId, wire: Wire): void {
    const from = this.end(prefix, wire.from, 'outputs');
    const to = this.end(prefix, wire.to, 'inputs');
    if (from === null || to === null) return;
    if (from === undefined || to === undefined)
      return this.reportWire({ prefix, composite, inside }, id, wire);
    const key = [from.block, from.port, to.block, to.port];
    this.keptWires.set(
      prefix + id,
      innerWires.of(wire, prefix + id, key, () => ({ from, to })),
    );
    this.wires.set(prefix + id, { composite, id, inside });
  }

  /** Null where a bypassed block has no use for the wire, undefined where there is no such port. */
  private end(
    prefix: string,
    { block, port }: Endpoint,
    side: 'inputs' | 'outputs',
  ): Endpoint | null | undefined {
    const path = prefix + block;
    const instance = this.instances.get(path);
    return instance ? instance[side].get(port) : { block: path, port };
  }

  private reportWire(
    { prefix, composite, inside }: Pick<Level, 'prefix' | 'composite' | 'inside'>,
    id: WireId,
    wire: Wire,
  ): void {
    const isInput = this.end(prefix, wire.to, 'inputs') === undefined;
    const { block, port } = isInput ? wire.to : wire.from;
    this.wires.set(prefix + id, { composite, id, inside });
    this.diagnostics.push({
      code: 'graph/wire',
      severity: 'error',
      block: prefix + block,
      port,
      message: `${this.nameOf(prefix + block)} has no ${isInput ? 'input' : 'output'} called "${port}".`,
      why: 'The port was taken out of the composite block, or nothing inside stands for it.',
      fixes: [{ label: 'Remove the wire', edit: { kind: 'remove-wire', id: prefix + id } }],
    });
  }

  private nameOf(path: string): string {
    const definition = this.instances.get(path)?.definition;
    const title = definition === undefined ? '' : this.source.composites[definition].title;
    return `${title || definition || 'The block'} (${path})`;
  }

  private unfold(level: Level, path: string, block: Block, place: Place): void {
    const { composites } = this.source;
    const composite = composites[block.type];
    const definition = definitionIn(composites, block.type);
    const around = [...level.around, block.type];
    const refusal = this.refusal(level.around, block, composite);
    if (!definition || refusal) return this.refuse(path, block, place, refusal ?? 'it cannot be read.');
    if (block.mode === 'bypassed') return this.bypass(path, block, place);
    const { values, diagnostics } = checkParameters(
      path, block, definition, block.title || definition.title, valuesIn(composites, block),
    ); // prettier-ignore
    this.diagnostics.push(...diagnostics);
    const wrong = new Set(
      diagnostics.length > 0 ? wrongNames(block, values, valuesIn(composites, block)) : [],
    );
    const given = Object.fromEntries(Object.entries(block.params).filter(([name]) => !wrong.has(name)));
    const sets = innerParameters(composite, given);
    const repeat = Number(values[REPEAT] ?? 1);
    const prefixes = Array.from({ length: repeat }, (_, i) => `${path}${i === 0 ? '' : `//${i + 1}`}/`);
    for (const prefix of prefixes)
      this.place({
        network: composite, composite: block.type, prefix, inside: [...level.inside, path], around, sets,
      }); // prettier-ignore
    const ends = (side: 'inputs' | 'outputs', prefix: string) => this.ends(composite, side, prefix, path);
    this.instances.set(path, {
      ...place,
      definition: block.type,
      inputs: ends('inputs', prefixes[0]),
      outputs: ends('outputs', prefixes[prefixes.length - 1]),
      sets,
    });
    this.joinRepetitions(composite, path, prefixes, place);
  }

  private refusal(around: readonly string[], block: Block, composite: Composite): string | null {
    if (around.includes(block.type)) return 'it holds itself, so it would never end.';
    if (around.length >= DEEPEST) return `composite blocks are nested more than ${DEEPEST} deep.`;
    const repeat = typeof block.params[REPEAT] === 'number' ? block.params[REPEAT] : 1;
    const count = this.blocks.size + Object.keys(composite.blocks).length * Math.max(1, repeat);
    return count > MOST_BLOCKS
      ? `the network would have more than ${MOST_BLOCKS.toLocaleString('en')} blocks.`
      : null;
  }

  private refuse(path: string, block: Block, place: Place, reason: string): void {
    this.keep(path, block, place);
    this.diagnostics.push({
      code: 'graph/composite',
      severity: 'error',
      block: path,
      port: null,
      message: `${block.title || this.source.composites[block.type].title || block.type} cannot be opened: ${reason}`,
      why: 'A composite block is replaced by the blocks inside before anything is computed.',
      fixes: [{ label: 'Delete the block', edit: removeBlocks(this.source, [path]) }],
    });
  }

  /** Its first input goes straight to its first output: a bypassed junction does just that. */
  private bypass(path: string, block: Block, place: Place): void {
    const ports = portsIn(this.source.composites, block) ?? { inputs: [], outputs: [] };
    const kind = ports.inputs.at(0)?.kind ?? 'tensor';
    this.keep(path, { ...block, type: 'Junction', params: { kind } }, place);
    this.instances.set(path, {
      ...place,
      definition: block.type,
      inputs: new Map(
        ports.inputs.map(({ name }, i) => [name, i === 0 ? { block: path, port: 'input' } : null]),
      ),
      outputs: new Map(
        ports.outputs.map(({ name }, i) => [name, i === 0 ? { block: path, port: 'output' } : null]),
      ),
      sets: new Map(),
    });
  }

  private ends(
    composite: Composite,
    side: 'inputs' | 'outputs',
    prefix: string,
    path: string,
  ): Map<string, Endpoint> {
    const found = new Map<string, Endpoint>();
    for (const [name, inner] of sortedEntries(composite.ports[side])) {
      const end = this.end(prefix, inner, side);
      const isThere = Object.hasOwn(composite.blocks, inner.block) && end !== undefined && end !== null;
      if (isThere) found.set(name, end);
      else this.reportPort(path, composite, name, side);
    }
    return found;
  }

  private reportPort(path: string, composite: Composite, port: string, side: 'inputs' | 'outputs'): void {
    this.diagnostics.push({
      code: 'graph/composite',
      severity: 'error',
      block: path,
      port,
      message: `${composite.title || 'The composite block'} (${path}): nothing inside stands for its ${side === 'inputs' ? 'input' : 'output'} "${port}".`,
      why: 'The block that stood for the port was deleted. Open the composite block and add the port again, or take it away.',
      fixes: [],
    });
  }

  private joinRepetitions(
    composite: Composite,
    path: string,
    prefixes: readonly string[],
    place: Place,
  ): void {
    if (prefixes.length === 1) return;
    const [input] = Object.values(composite.ports.inputs);
    const [output] = Object.values(composite.ports.outputs);
    for (let i = 1; i < prefixes.length; i++) {
      const from = this.end(prefixes[i - 1], output, 'outputs');
      const to = this.end(prefixes[i], input, 'inputs');
      if (!from || !to) continue;
      this.keptWires.set(`${path}//${i + 1}`, { from, to });
      this.wires.set(`${path}//${i + 1}`, place);
    }
  }

  /** Where a parameter names a composite block, it means the blocks inside. */
  private nameInnerBlocks(): void {
    for (const [path, block] of this.keptBlocks)
      for (const name of parametersThatName().get(block.type) ?? []) {
        const value = Object.hasOwn(block.params, name) ? block.params[name] : null;
        const prefix = path.slice(0, path.lastIndexOf('/') + 1);
        if (
          !Array.isArray(value) ||
          !value.some((id) => typeof id === 'string' && this.instances.has(prefix + id))
        )
          continue;
        const meant = value.flatMap((id): Json[] =>
          typeof id === 'string' && this.instances.has(prefix + id) ? this.blocksInside(prefix + id) : [id],
        );
        this.keptBlocks.set(path, { ...block, params: { ...block.params, [name]: meant } });
      }
  }

  /** Without junctions, which are nothing but places where wires meet. */
  private blocksInside(instance: string): BlockId[] {
    return [...this.blocks]
      .filter(([id, { inside }]) => inside.includes(instance) && this.keptBlocks.get(id)?.type !== 'Junction')
      .map(([id]) => id);
  }
}

/** Names whose given value was replaced by the default. */
const wrongNames = (
  block: Block,
  checked: Readonly<Record<string, Json>>,
  given: Readonly<Record<string, Json>>,
) => Object.keys(block.params).filter((name) => checked[name] !== given[name]);

let namingTypes: ReadonlyMap<string, readonly string[]> | null = null;

/** Parameters whose value is a list of blocks, by block type. */
function parametersThatName(): ReadonlyMap<string, readonly string[]> {
  namingTypes ??= new Map(
    Object.values(catalogue).flatMap(({ type, parameters }) => {
      const names = Object.entries(parameters).filter(([, { kind }]) => kind === 'blocks').map(([name]) => name);
      return names.length > 0 ? [[type, names] as const] : [];
    }),
  ); // prettier-ignore
  return namingTypes;
}
