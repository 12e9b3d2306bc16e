/**
 * Owns which updates of weights are one operation of TensorFlow: plain descent, momentum, Adam. An update is recognised by
 * what was recorded of it, so that the optimizer's mathematics stays written once and whatever changes the gradient before
 * it (clipping) or the weights (decay) is kept. What is not recognised is assigned as it was computed.
 */
import { after, bool, DTYPE, sameShape, typeOf, type Graph, type GraphNode, type Ref } from './graph';

/** A weight or an optimizer slot: the variable, and what a step reads of it. */
export interface Place {
  handle: Ref;
  read: Ref;
}

export interface Update {
  weight: Place;
  /** By the optimizer's names, with the value that was computed for each. */
  slots: ReadonlyMap<string, Place & { next: Ref }>;
  next: Ref;
}

const T = typeOf(DTYPE.float32);
const settings = { T, use_locking: bool(false) };

/** Inputs of the node where it is this operation. */
function inputsOf(graph: Graph, ref: Ref, ...ops: string[]): readonly Ref[] | null {
  const node: GraphNode | undefined = graph.find(ref);
  return node !== undefined && ops.includes(node.op) ? node.inputs : null;
}
const isScalar = (graph: Graph, ref: Ref): boolean => graph.spec(ref)?.shape.length === 0;

/** `Mul(x, s)` with a number s. */
function scaled(graph: Graph, ref: Ref): { value: Ref; by: Ref } | null {
  const inputs = inputsOf(graph, ref, 'Mul');
  return inputs !== null && isScalar(graph, inputs[1]) ? { value: inputs[0], by: inputs[1] } : null;
}

interface Kernel {
  op: string;
  /** The weights before the gradient's part: those of now, or already made smaller. */
  base: Ref;
  gradient: Ref;
  inputs: readonly Ref[];
  attributes: Readonly<Record<string, ReturnType<typeof bool>>>;
}
type Match = (graph: Graph, update: Update) => Kernel | null;

/** w − rate · g */
const descent: Match = (graph, { next, slots }) => {
  const [base, move] = inputsOf(graph, next, 'Sub') ?? [];
  const step = move === undefined ? null : scaled(graph, move);
  if (slots.size > 0 || base === undefined || step === null) return null;
  return {
    op: 'ResourceApplyGradientDescent',
    base,
    gradient: step.value,
    inputs: [step.by, step.value],
    attributes: {},
  };
};

/** m' = decay · m − rate · g; w + m', or with a look ahead w + (decay · m' − rate · g) */
const momentum: Match = (graph, { next, slots }) => {
  const slot = slots.get('momentum');
  const [base, move] = inputsOf(graph, next, 'AddV2', 'Add') ?? [];
  if (slot === undefined || slots.size !== 1 || base === undefined) return null;
  const [kept, stepped] = inputsOf(graph, slot.next, 'Sub') ?? [];
  const [keep, step] = [kept, stepped].map((ref) => (ref === undefined ? null : scaled(graph, ref)));
  if (keep === null || step === null || keep.value !== slot.read) return null;
  const ahead = inputsOf(graph, move, 'Sub');
  const look = ahead === null ? null : scaled(graph, ahead[0]);
  const nesterov =
    ahead !== null &&
    look !== null &&
    look.value === slot.next &&
    look.by === keep.by &&
    ahead[1] === stepped;
  if (move !== slot.next && !nesterov) return null;
  return {
    op: 'ResourceApplyKerasMomentum',
    base,
    gradient: step.value,
    inputs: [slot.handle, step.by, step.value, keep.by],
    attributes: { use_nesterov: bool(nesterov) },
  };
};

/** `x + (y − x) · take`: x moved towards y. */
function movedTowards(graph: Graph, ref: Ref, from: Ref): { to: Ref; take: Ref } | null {
  const [before, change] = inputsOf(graph, ref, 'AddV2', 'Add') ?? [];
  const part = change === undefined ? null : scaled(graph, change);
  const [to, minus] = part === null ? [] : (inputsOf(graph, part.value, 'Sub') ?? []);
  return part !== null && before === from && minus === from && to !== undefined
    ? { to, take: part.by }
    : null;
}

/** w − m' · rate / (√v' + ε); the corrections of the first steps are in the rate. */
const adam: Match = (graph, { next, slots }) => {
  const [m, v] = [slots.get('momentum'), slots.get('velocity')];
  if (m === undefined || v === undefined || slots.size !== 2) return null;
  const [base, move] = inputsOf(graph, next, 'Sub') ?? [];
  const [above, below] = inputsOf(graph, move ?? '', 'RealDiv') ?? [];
  const rate = scaled(graph, above ?? '');
  const [root, small] = inputsOf(graph, below ?? '', 'AddV2', 'Add') ?? [];
  const spread = inputsOf(graph, root ?? '', 'Sqrt')?.[0];
  if (base === undefined || small === undefined || rate?.value !== m.next || spread !== v.next) return null;
  const [first, second] = [movedTowards(graph, m.next, m.read), movedTowards(graph, v.next, v.read)];
  if (first === null || second === null || !isScalar(graph, small)) return null;
  if (inputsOf(graph, second.to, 'Square')?.[0] !== first.to) return null;
  const one = graph.float(1);
  const zero = graph.float(0);
  const rest = (take: Ref): Ref =>
    graph.add('Sub', [one, take], { T }, [{ dtype: DTYPE.float32, shape: [] }]);
  return {
    op: 'ResourceApplyAdam',
    base,
    gradient: first.to,
    // With powers of zero the kernel corrects nothing itself.
    inputs: [m.handle, v.handle, zero, zero, rate.by, rest(first.take), rest(second.take), small, first.to],
    attributes: { use_nesterov: bool(false) },
  };
};

const KERNELS: readonly Match[] = [descent, momentum, adam];

/**
 * Adds the one operation that does this update and answers its name, or null. `waitFor` must have happened before anything is written;
 * the weight's own read is waited for here.
 */
export function fuseUpdate(graph: Graph, update: Update, waitFor: readonly Ref[], name: string): Ref | null {
  for (const match of KERNELS) {
    const kernel = match(graph, update);
    const { weight } = update;
    const shape = graph.spec(weight.read)?.shape ?? [];
    if (kernel === null || !sameShape(graph.spec(kernel.gradient)?.shape ?? [], shape)) continue;
    const before = [...waitFor, ...(graph.find(weight.read) === undefined ? [] : [after(weight.read)])];
    if (kernel.base !== weight.read) {
      const set = graph.assign(weight.handle, kernel.base, DTYPE.float32, before, `${name}/base`);
      before.push(after(set));
    }
    return graph.add(
      kernel.op,
      [weight.handle, ...kernel.inputs, ...before],
      { ...settings, ...kernel.attributes },
      [],
      `${name}/${kernel.op}`,
    );
  }
  return null;
}
