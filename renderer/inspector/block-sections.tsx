/** Shapes, activation, cost and help of one block: the inspector's questions in their order. */
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import type { Curve } from '../../shared/blocks/activation/curves';
import { ACTIVATION_FUNCTIONS, type ActivationName } from '../../shared/blocks/activation/functions';
import type { AnyBlockDefinition, Values } from '../../shared/blocks/block';
import type { BlockResult } from '../../shared/compiler/compilation';
import { shapeText } from '../../shared/compiler/shape';
import { helpPage } from '../../shared/help/page';
import type { Block } from '../../shared/document/document';
import { nameOf } from '../canvas/actions';
import { definitionOfBlock, valuesOfBlock } from '../state/blocks';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';
import { countText, shareText, shortCountText, sizeText } from '../ui/numbers';
import { ActivationCurve } from './activation-curve';
import { HelpPicture } from './help-picture';

/** `readsData`: nothing comes in as a tensor. `judges`: no tensor goes out. */
export function ShapesSection({
  result,
  readsData,
  judges,
}: {
  result: BlockResult | undefined;
  readsData: boolean;
  judges: boolean;
}) {
  const inputs = Object.entries(result?.inputs ?? {}).flatMap(([port, shapes]) =>
    shapes.map((shape) => ({ port, shape })),
  );
  return (
    <section className="shapes">
      {inputs.map(({ port, shape }, i) => (
        <div className="kv" key={i}>
          <span>{inputs.length > 1 ? `In ${i + 1}` : port === 'prediction' ? 'Prediction' : 'In'}</span>
          <span className="mono">{shapeText(shape)}</span>
        </div>
      ))}
      {inputs.length === 0 && !readsData && (
        <div className="kv">
          <span>In</span>
          <span className="ink3">nothing yet</span>
        </div>
      )}
      <div className="kv" hidden={judges}>
        <span>Out</span>
        {result?.output ? (
          <span className="mono">{shapeText(result.output)}</span>
        ) : (
          <span className="ink3">not known</span>
        )}
      </div>
    </section>
  );
}

const isActivation = (name: string): name is ActivationName => Object.hasOwn(ACTIVATION_FUNCTIONS, name);

/** The block's own curve, with its parameters, or that of the function it names. */
function curveOf({ behaviour, category }: AnyBlockDefinition, values: Values, name: string): Curve | null {
  if (category === 'Activation' && behaviour.kind === 'layer' && behaviour.curve)
    return behaviour.curve(values);
  return isActivation(name) ? ACTIVATION_FUNCTIONS[name].curve({}) : null;
}

/** What the picture cannot show of functions that look at a whole vector. */
const alongAxisText = (name: string): string =>
  isActivation(name) && ACTIVATION_FUNCTIONS[name].alongAxis
    ? `${name} of each value among those of its axis. Drawn against one other value of 0.`
    : `${name} on every value.`;

/** The block that is the only reader of this one's output, if its activation follows. */
function useNextActivation(id: string): { title: string; name: string } | null {
  const document = useProject((state) => state.document);
  const next = Object.values(document.wires).find(({ from }) => from.block === id)?.to.block;
  const block = next ? document.blocks[next] : undefined;
  const behaviour = block && definitionOfBlock(block)?.behaviour;
  const name = block && behaviour?.kind === 'layer' ? behaviour.activation(valuesOfBlock(block)) : null;
  return next && name ? { title: nameOf(next), name } : null;
}

export function ActivationSection({
  id,
  block,
  definition,
}: {
  id: string;
  block: Block;
  definition: AnyBlockDefinition;
}) {
  const next = useNextActivation(id);
  if (definition.behaviour.kind !== 'layer') return null;
  const values = valuesOfBlock(block);
  const own = definition.behaviour.activation(values);
  const takesOne = 'activation' in definition.parameters;
  const name = own ?? (takesOne ? (next?.name ?? 'linear') : null);
  const curve = name === null ? null : curveOf(definition, values, name);
  if (name === null || curve === null) return null;
  const formula = isActivation(name) ? `: ${ACTIVATION_FUNCTIONS[name].formula}` : '';
  const text = own
    ? alongAxisText(own)
    : next
      ? `Linear here. The next block, ${next.title}, applies ${next.name}, drawn here.`
      : 'Linear: the values go on as they are.';
  return (
    <section>
      <h3>Activation</h3>
      <div className="row g12 activation">
        <ActivationCurve curve={curve} label={`Curve of ${name}${formula}`} />
        <p className="s12 ink2">{text} The dashed line is the slope, which the gradient is multiplied by.</p>
      </div>
    </section>
  );
}

export function CostSection({ result }: { result: BlockResult | undefined }) {
  const totals = useCompilation((state) => state.totals);
  if (!result) return null;
  return (
    <section>
      <h3>Cost per sample</h3>
      <div className="kv">
        <span>Weights</span>
        <span className="num">
          {countText(result.parameters)}{' '}
          <span className="ink3">({shareText(result.parameters, totals.parameters)})</span>
        </span>
      </div>
      {result.trainableParameters !== result.parameters && (
        <div className="kv">
          <span>Trained</span>
          <span className="num">{countText(result.trainableParameters)}</span>
        </div>
      )}
      {result.weights.length > 1 &&
        result.weights.map(({ name, shape, trainable }) => (
          <div className="kv weight" key={name}>
            <span>
              {name}
              {!trainable && ' (not trained)'}
            </span>
            <span className="mono">[{shape.join(', ')}]</span>
          </div>
        ))}
      <div className="kv">
        <span>Multiply-adds</span>
        <span className="num">
          {shortCountText(result.multiplyAdds)}{' '}
          <span className="ink3">({shareText(result.multiplyAdds, totals.multiplyAdds)})</span>
        </span>
      </div>
      <div className="kv">
        <span>Output in memory</span>
        <span className="num">
          {sizeText(result.outputBytes)}
          {result.dtype && <span className="ink3"> ({result.dtype})</span>}
        </span>
      </div>
      {result.activationBytes > result.outputBytes && (
        <div className="kv">
          <span>Kept for the gradient</span>
          <span className="num">{sizeText(result.activationBytes)}</span>
        </div>
      )}
      {result.optimizerBytes > 0 && (
        <div className="kv">
          <span>Kept by the optimizer</span>
          <span className="num">{sizeText(result.optimizerBytes)}</span>
        </div>
      )}
      {result.masked && <p className="s12 ink2">Its output carries a mask: steps of padding do not count.</p>}
      <div className="share-bar" aria-hidden>
        <div
          style={{
            width: `${totals.multiplyAdds > 0 ? Math.min(100, (100 * result.multiplyAdds) / totals.multiplyAdds) : 0}%`,
          }}
        />
      </div>
    </section>
  );
}

/** `code` in backticks becomes code. */
export function HelpText({ text }: { text: string }) {
  return (
    <>
      {text.split('`').map((piece, i) =>
        i % 2 === 1 ? (
          <code key={i} className="mono">
            {piece}
          </code>
        ) : (
          piece
        ),
      )}
    </>
  );
}

function HelpPart({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <h4 className="s12 ink3">{title}</h4>
      {texts.map((text) => (
        <p key={text} className="s12 ink2 help">
          <HelpText text={text} />
        </p>
      ))}
    </>
  );
}

function Formulas({ formulas }: { formulas: readonly string[] }) {
  if (formulas.length === 0) return null;
  return (
    <>
      <h4 className="s12 ink3">Formula</h4>
      {formulas.map((formula) => (
        <p key={formula} className="formula">
          {formula}
        </p>
      ))}
    </>
  );
}

/** The long help stays open while another workspace shows and comes back. */
const useLongHelp = create<{ open: boolean }>(() => ({ open: false }));

export function HelpSection({ definition, block }: { definition: AnyBlockDefinition; block: Block }) {
  const more = useLongHelp(({ open }) => open);
  const section = useRef<HTMLElement>(null);
  const page = helpPage(definition, valuesOfBlock(block));
  const turn = () => {
    // What is opened lies below the edge of the inspector as a rule: it is drawn first, then brought into view.
    flushSync(() => useLongHelp.setState({ open: !more }));
    if (!more) section.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <section ref={section}>
      <h3>Help</h3>
      <p className="s12 ink2 help">
        <HelpText text={page.summary} />
      </p>
      {more && (
        <>
          <HelpPicture picture={page.picture} />
          <HelpPart title="What it does" texts={page.what} />
          <Formulas formulas={page.formulas} />
          <HelpPart title="Shapes" texts={page.shapes} />
          <HelpPart title="Typical mistakes" texts={page.mistakes} />
          <HelpPart title="Source" texts={[page.source]} />
        </>
      )}
      <button type="button" className="btn link s12 help-more" aria-expanded={more} onClick={turn}>
        {more ? 'Less' : 'Read more: picture, formula, shapes, typical mistakes'}
      </button>
    </section>
  );
}
