/**
 * Owns the small language in which architectures are written down: blocks one after the other, each wired to what it is
 * given. What comes out is an ordinary document, or a composite of the library. Mistakes are bugs of ours and throw.
 */
import type { Port } from '../blocks/block';
import { definitionOf } from '../blocks/catalogue';
import { portsIn } from '../compiler/composites';
import type { Block, BlockId, Composite, Composites, Document, Endpoint, Json } from '../document/document';
import { emptyDocument } from '../document/document';
import { nextId } from '../document/ids';
import { arranged } from './arrange';

type Params = Record<string, Json>;

/** A composite with those that it is made of. */
export interface Part {
  id: string;
  composite: Composite;
  uses: Composites;
}

/** A type, or a type with parameters. */
export type Step = string | Part | readonly [string | Part, Params];

/** A parameter outside, and where it goes inside: block, parameter, and how many times over. */
export type Exposes = Record<string, readonly (readonly [block: string, param: string, times?: number])[]>;

export class Sketch {
  private readonly blocks: Record<BlockId, Block> = {};
  private readonly wires: Document['wires'] = {};
  private readonly ports: Composite['ports'] = { inputs: {}, outputs: {} };
  private uses: Composites = {};

  /** Adds a block of the catalogue or a part, fed by the given outputs in the order of its inputs; gives its first output. */
  add(
    type: string | Part,
    params: Params = {},
    from: Endpoint | readonly Endpoint[] = [],
    id?: BlockId,
  ): Endpoint {
    const name = typeof type === 'string' ? type : type.id;
    if (typeof type !== 'string') this.uses = { ...this.uses, ...type.uses, [type.id]: type.composite };
    const block = id ?? nextId({ blocks: this.blocks }, name);
    this.blocks[block] = {
      type: name,
      version: definitionOf(name)?.version ?? 1,
      title: '',
      params,
      position: { x: 0, y: 0 },
    };
    const { inputs, outputs } = this.portsOf(block);
    this.feed(block, inputs, 'block' in from ? [from] : from);
    return { block, port: outputs[0]?.name ?? '' };
  }

  /** One block after the other: types, or types with parameters. */
  chain(from: Endpoint, ...blocks: Step[]): Endpoint {
    return blocks.reduce<Endpoint>((last, entry) => {
      const [type, params] = Array.isArray(entry)
        ? (entry as [string | Part, Params])
        : [entry as string | Part, {}];
      return this.add(type, params, last);
    }, from);
  }

  /** Another output of a block. */
  output(of: Endpoint, port: string): Endpoint {
    return { block: of.block, port };
  }

  /** Where a composite takes something in. */
  takes(name = 'input'): Endpoint {
    const end = this.junction(name);
    this.ports.inputs[name] = { block: end.block, port: 'input' };
    return end;
  }

  /** What a composite gives. */
  gives(from: Endpoint, name = 'output'): void {
    const { block } = this.junction(name, from);
    this.ports.outputs[name] = { block, port: 'output' };
  }

  private junction(name: string, from: Endpoint | readonly Endpoint[] = []): Endpoint {
    const end = this.add('Junction', {}, from, nextId({ blocks: this.blocks }, name));
    this.blocks[end.block].title = name;
    return end;
  }

  private portsOf(block: BlockId): { inputs: readonly Port[]; outputs: readonly Port[] } {
    const ports = portsIn(this.uses, this.blocks[block]);
    if (!ports) throw new Error(`there is no block type ${this.blocks[block].type}`);
    return ports;
  }

  private feed(block: BlockId, inputs: readonly Port[], from: readonly Endpoint[]): void {
    from.forEach((source, i) => {
      const port = inputs.at(inputs.length === 1 && inputs[0].many ? 0 : i);
      if (!port) throw new Error(`${block} has no ${i + 1}. input`);
      this.wire(source, { block, port: port.name });
    });
  }

  /** A wire besides those by which blocks were added. */
  wire(from: Endpoint, to: Endpoint): void {
    this.wires[`w${Object.keys(this.wires).length + 1}`] = { from, to };
  }

  private placed(perRow?: number): Record<BlockId, Block> {
    const places = arranged({ blocks: this.blocks, wires: this.wires }, perRow);
    return Object.fromEntries(
      Object.entries(this.blocks).map(([id, block]) => [
        id,
        { ...block, position: places.get(id) ?? block.position },
      ]),
    );
  }

  /** The document, with the application version of none: it is filled in when it is opened. */
  document(id: string, perRow?: number): Document {
    return {
      ...emptyDocument(id, ''),
      blocks: this.placed(perRow),
      wires: this.wires,
      composites: { ...this.uses },
    };
  }

  part(id: string, title: string, summary: string, exposes: Exposes = {}): Part {
    const exposed = Object.entries(exposes).map(([name, [[block, param], ...also]]) => [
      name,
      {
        block,
        param,
        ...(also.length > 0
          ? {
              also: also.map(([other, inner, times]) => ({
                block: other,
                param: inner,
                ...(times === undefined ? {} : { times }),
              })),
            }
          : {}),
      },
    ]);
    return {
      id,
      composite: {
        title, summary, blocks: this.placed(), wires: this.wires, ports: this.ports,
        exposed: Object.fromEntries(exposed) as Composite['exposed'],
      },
      uses: this.uses,
    }; // prettier-ignore
  }
}

/** A part whose inside is drawn by `draw` between its input and its output. */
export function chainPart(
  id: string,
  title: string,
  summary: string,
  exposes: Exposes,
  draw: (sketch: Sketch, input: Endpoint) => Endpoint,
): Part {
  const sketch = new Sketch();
  sketch.gives(draw(sketch, sketch.takes()));
  return sketch.part(id, title, summary, exposes);
}
