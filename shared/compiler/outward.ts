/**
 * Owns the way back from the inlined document: what was found inside composites is told of the blocks as they are drawn.
 * A block inside is named by the path on which a person opens it: repetitions of a composite are one drawing.
 */
import type { BlockId, Document, WireId } from '../document/document';
import type { BlockResult, WireResult } from './compilation';
import type { Diagnostic, Severity } from './diagnostic';
import { editWhereDrawn } from './edit-where-drawn';
import type { Inlined, Instance } from './inline';

/** `res//2/conv2d` is drawn where `res/conv2d` is. */
export const drawnPath = (path: string): string => path.replace(/\/\/\d+(?=\/)/g, '');

/** The composite blocks around a drawn path, outermost first: `a/b/c` → `a`, `a/b`. */
export function pathsAround(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

const isMissing = ({ code }: Diagnostic) => code === 'graph/missing-input' || code === 'graph/unreachable';

/** The input of a composite block through which a wire inside would have come, where none ends outside. */
function openPort(
  { document, instances }: Inlined,
  { block, port }: Diagnostic,
): { path: string; port: string } | null {
  if (block === null) return null;
  const arriving = new Map(
    Object.values(document.wires).map(({ from, to }) => [`${to.block} ${to.port}`, from]),
  );
  let end = `${block} ${port}`;
  for (let from = arriving.get(end), steps = 0; from && steps < 64; from = arriving.get(end), steps++)
    end = `${from.block} input`;
  for (const [path, { inputs }] of instances)
    for (const [name, inner] of inputs)
      if (inner && `${inner.block} ${inner.port}` === end) return { path, port: name };
  return null;
}

/** A missing wire is missing where it would be drawn: at the port of the composite block. */
function atOuterPort(inlined: Inlined, diagnostic: Diagnostic): Diagnostic {
  if (!isMissing(diagnostic) || !diagnostic.block?.includes('/')) return diagnostic;
  const open = openPort(inlined, diagnostic);
  if (!open) return diagnostic;
  const instance = inlined.instances.get(open.path);
  const title = (instance && inlined.document.composites[instance.definition].title) || 'The composite block';
  return {
    ...diagnostic,
    block: open.path,
    port: open.port,
    message: `${title} (${drawnPath(open.path)}) has no wire at "${open.port}".`,
    why: 'The blocks inside wait for what comes in there.',
    fixes: [],
  };
}

/** What makes two remarks one: the same of a block that is drawn once. Errors are kept for every use. */
function sameRemark({ blocks }: Inlined, { code, severity, block, port }: Diagnostic): string {
  const place = block === null ? undefined : blocks.get(block);
  const where =
    severity !== 'error' && place?.composite ? `in ${place.composite} ${place.id}` : drawnPath(block ?? '');
  return [code, severity, where, port].join(' ');
}

export function drawnDiagnostics(
  source: Document,
  inlined: Inlined,
  found: readonly Diagnostic[],
): Diagnostic[] {
  if (inlined.instances.size === 0 && inlined.diagnostics.length === 0) return [...found];
  const seen = new Set<string>();
  return found.flatMap((inner): Diagnostic[] => {
    const diagnostic = atOuterPort(inlined, inner);
    const remark = sameRemark(inlined, diagnostic);
    if (diagnostic.block?.includes('/') || diagnostic !== inner) {
      if (seen.has(remark)) return [];
      seen.add(remark);
    }
    return [
      {
        ...diagnostic,
        block: diagnostic.block === null ? null : drawnPath(diagnostic.block),
        fixes: diagnostic.fixes.flatMap(({ label, edit }) => {
          const drawn = editWhereDrawn(source, inlined, edit);
          return drawn ? [{ label, edit: drawn }] : [];
        }),
      },
    ];
  });
}

const worse = (a: Severity | null | undefined, b: Severity | null): Severity | null => {
  const order = [null, 'hint', 'warning', 'error'] as const;
  return order[Math.max(order.indexOf(a ?? null), order.indexOf(b))];
};

const SUMS = {
  parameters: 0, trainableParameters: 0, multiplyAdds: 0, outputBytes: 0, activationBytes: 0, optimizerBytes: 0,
}; // prettier-ignore
const SUMMED = Object.keys(SUMS) as (keyof typeof SUMS)[];

/** The sum of what is inside; shapes are those at its ports. */
function instanceResult(instance: Instance, blocks: Readonly<Record<BlockId, BlockResult>>): BlockResult {
  const [output] = instance.outputs.values();
  const end = output && Object.hasOwn(blocks, output.block) ? blocks[output.block] : null;
  const inputs = [...instance.inputs].flatMap(([name, end]) => {
    const inner = end && Object.hasOwn(blocks, end.block) ? blocks[end.block] : null;
    const arriving = end && inner ? (inner.inputs[end.port] ?? (inner.output ? [inner.output] : null)) : null;
    return arriving ? [[name, arriving] as const] : [];
  });
  return {
    inputs: Object.fromEntries(inputs),
    output: end?.output ?? null,
    facts: null,
    weights: [],
    ...SUMS,
    dtype: end?.dtype ?? null,
    masked: end?.masked ?? false,
    severity: null,
  };
}

/** The results of the inlined blocks, and of every composite block by its path. */
export function withInstances(
  { instances, blocks: places }: Inlined,
  blocks: Record<BlockId, BlockResult>,
  diagnostics: readonly Diagnostic[],
): Record<BlockId, BlockResult> {
  if (instances.size === 0) return blocks;
  const sums = new Map([...instances].map(([path, instance]) => [path, instanceResult(instance, blocks)]));
  for (const [id, { inside }] of places)
    for (const path of inside) {
      const sum = sums.get(path);
      if (!sum || !Object.hasOwn(blocks, id)) continue;
      for (const name of SUMMED) sum[name] += blocks[id][name];
    }
  for (const { block, severity } of diagnostics)
    for (const path of block === null ? [] : [...pathsAround(block), block]) {
      const sum = sums.get(path);
      if (sum) sum.severity = worse(sum.severity, severity);
    }
  return { ...blocks, ...Object.fromEntries(sums) };
}

/** Wires that could not be inlined are still drawn, as wrong ones. */
export function withDroppedWires(
  source: Document,
  wires: Record<WireId, WireResult>,
): Record<WireId, WireResult> {
  const dropped = Object.keys(source.wires).filter((id) => !Object.hasOwn(wires, id));
  if (dropped.length === 0) return wires;
  const wrong: WireResult = {
    kind: 'tensor', shape: null, dtype: null, masked: false, unchanged: false, wrong: true,
  }; // prettier-ignore
  return { ...wires, ...Object.fromEntries(dropped.map((id) => [id, wrong])) };
}
