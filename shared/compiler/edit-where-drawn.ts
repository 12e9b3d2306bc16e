/**
 * Turns a fix of the inlined document into an edit of the document as it is drawn: of a composite where the blocks of the
 * fix lie inside one. A fix that would reach into two networks at once has no such form and is left out.
 */
import type { Block, BlockId, Document, Endpoint, Json, WireId } from '../document/document';
import type { Edit } from '../document/edits';
import { insideOf } from '../document/edits';
import { nextId, nextWireIds } from '../document/ids';
import type { Inlined, Place } from './inline';

const leaves = (edit: Edit): Edit[] => (edit.kind === 'batch' ? edit.edits.flatMap(leaves) : [edit]);

function placeOf({ blocks, wires }: Inlined, edit: Edit): Place | undefined {
  switch (edit.kind) {
    case 'add-block':
    case 'remove-block':
    case 'set-param':
    case 'set-title':
    case 'set-mode':
      return blocks.get(edit.id);
    case 'remove-wire':
      return wires.get(edit.id);
    default:
      return undefined;
  }
}

/** An end of a wire of the inlined document, as the wires of one network name it. */
function endsDrawn(inlined: Inlined, network: Document, prefix: string): Map<string, Endpoint> {
  const drawn = new Map<string, Endpoint>();
  for (const [id, wire] of Object.entries(network.wires)) {
    const inner = inlined.document.wires[prefix + id];
    if (!inner) continue;
    drawn.set(`${inner.from.block} ${inner.from.port}`, wire.from);
    drawn.set(`${inner.to.block} ${inner.to.port}`, wire.to);
  }
  return drawn;
}

/** The parameter of a composite block that decides an inner parameter, as an edit of it; null where none does. */
function setOutside(
  { instances }: Inlined,
  source: Document,
  place: Place,
  name: string,
  value?: Json,
): Edit | null | undefined {
  const path = place.inside.at(-1);
  const instance = path === undefined ? undefined : instances.get(path);
  if (!instance || !Object.hasOwn(instance.sets.get(place.id) ?? {}, name)) return undefined;
  const found = Object.entries(source.composites[instance.definition].exposed).find(
    ([, { block, param }]) => block === place.id && param === name,
  );
  if (!found) return null;
  const edit: Edit = { kind: 'set-param', id: instance.id, name: found[0], value };
  return instance.composite === null ? edit : { kind: 'in-composite', id: instance.composite, edit };
}

export function editWhereDrawn(source: Document, inlined: Inlined, edit: Edit): Edit | null {
  const steps = leaves(edit);
  const places = steps.flatMap((step) => placeOf(inlined, step) ?? []);
  const [first] = places;
  if (steps.length === 1 && steps[0].kind === 'set-param' && first) {
    const outside = setOutside(inlined, source, first, steps[0].name, steps[0].value);
    if (outside !== undefined) return outside;
  }
  const around = first?.inside.at(-1);
  if (places.some(({ inside }) => inside.at(-1) !== around)) return null;
  const composite = first?.composite ?? null;
  const network = composite === null ? source : insideOf(source, composite);
  if (!network) return null;
  const prefix = prefixOf(inlined, first, steps);
  const rewrite = new Rewriting(inlined, network, prefix);
  const rewritten = steps.map((step) => rewrite.step(step));
  if (rewritten.some((step) => step === null)) return null;
  const edits = rewritten.flatMap((step) => step ?? []);
  const label = edit.kind === 'batch' ? edit.label : '';
  const inner: Edit = edits.length === 1 ? edits[0] : { kind: 'batch', label, edits };
  return composite === null ? inner : { kind: 'in-composite', id: composite, edit: inner };
}

/** Ids inside begin with this: the path of a repetition where there are several. */
function prefixOf(inlined: Inlined, place: Place | undefined, steps: readonly Edit[]): string {
  if (!place || place.composite === null) return '';
  const named = steps.find((step) => placeOf(inlined, step));
  const id = named && 'id' in named ? named.id : '';
  return id.slice(0, id.length - place.id.length);
}

class Rewriting {
  private readonly ends: Map<string, Endpoint>;
  private readonly names = new Map<BlockId, BlockId>();
  private readonly wireNames = new Map<WireId, WireId>();

  constructor(
    private readonly inlined: Inlined,
    private readonly network: Document,
    private readonly prefix: string,
  ) {
    this.ends = endsDrawn(inlined, network, prefix);
  }

  private inner(id: string): string | null {
    const inner = id.startsWith(this.prefix) ? id.slice(this.prefix.length) : null;
    return inner === null || inner.includes('/') ? null : inner;
  }

  /** New blocks get an id that is free in the network where they are drawn. */
  private blockId(id: BlockId, block?: Block): BlockId | null {
    const inner = this.inner(id);
    if (inner !== null && Object.hasOwn(this.network.blocks, inner)) return inner;
    if (!block || this.inlined.blocks.has(id)) return this.names.get(id) ?? null;
    const name = nextId(this.network, block.type, new Set(this.names.values()));
    this.names.set(id, name);
    return name;
  }

  private wireId(id: WireId): WireId {
    const known = this.wireNames.get(id);
    if (known !== undefined) return known;
    const name = nextWireIds(this.network, this.wireNames.size + 1)[this.wireNames.size];
    this.wireNames.set(id, name);
    return name;
  }

  private end(end: Endpoint): Endpoint | null {
    const made = this.names.get(end.block);
    if (made !== undefined) return { ...end, block: made };
    const drawn = this.ends.get(`${end.block} ${end.port}`);
    if (drawn) return drawn;
    const inner = this.inner(end.block);
    return inner !== null && Object.hasOwn(this.network.blocks, inner) ? { ...end, block: inner } : null;
  }

  step(edit: Edit): Edit | null {
    switch (edit.kind) {
      case 'add-block': {
        const id = this.blockId(edit.id, edit.block);
        return id === null ? null : { ...edit, id };
      }
      case 'remove-block':
      case 'set-param':
      case 'set-title':
      case 'set-mode': {
        const id = this.inner(edit.id);
        return id !== null && Object.hasOwn(this.network.blocks, id) ? { ...edit, id } : null;
      }
      case 'move':
        return this.move(edit);
      case 'remove-wire': {
        const id = this.inner(edit.id);
        return id === null ? null : { ...edit, id };
      }
      case 'add-wire': {
        const [from, to] = [this.end(edit.wire.from), this.end(edit.wire.to)];
        return from && to ? { ...edit, id: this.wireId(edit.id), wire: { from, to } } : null;
      }
      default:
        return null;
    }
  }

  /** What lies in other drawings stays where it is. */
  private move(edit: Edit & { kind: 'move' }): Edit {
    const positions = Object.entries(edit.positions).flatMap(([id, position]) => {
      const inner = this.inner(id);
      return inner !== null && Object.hasOwn(this.network.blocks, inner) ? [[inner, position] as const] : [];
    });
    return { kind: 'move', positions: Object.fromEntries(positions) };
  }
}
