/** The parameters of a block: Keras' names, a dot where the value is not the default, the rarer ones behind *more*. */
import { Tooltip } from '@mantine/core';
import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import { defaultValue, normaliseValue, type Parameter } from '../../shared/blocks/parameter';
import type { Block, Json } from '../../shared/document/document';
import { nameOf } from '../canvas/actions';
import { conceal, expose, exposedAs } from '../canvas/composite-actions';
import { valuesOfBlock } from '../state/blocks';
import { change, useProject } from '../state/project-store';
import { Breakable } from '../ui/breakable';
import { Field } from './fields';
import { sameValue } from './values';

/** Inside a composite block a parameter can be shown outside, and set there for each use. */
function ExposeButton({ block, name }: { block: string; name: string }) {
  useProject((state) => state.whole.composites);
  const shown = exposedAs(block, name);
  const Icon = shown === null ? EyeOff : Eye;
  const label = shown === null ? `Show ${name} outside` : `Keep ${name} inside`;
  return (
    <button
      type="button"
      className="expose"
      aria-label={label}
      title={label}
      aria-pressed={shown !== null}
      onClick={() => (shown === null ? expose(block, name) : conceal(shown))}
    >
      <Icon size={12} strokeWidth={1.5} aria-hidden />
    </button>
  );
}

function Row({
  block,
  name,
  parameter,
  value,
}: {
  block: string;
  name: string;
  parameter: Parameter;
  value: Json;
}) {
  const id = useId();
  const usual = normaliseValue(defaultValue(parameter), parameter);
  const changed = !sameValue(value, usual);
  const inComposite = useProject(({ opened }) => opened.length > 0);
  const set = (next: Json) =>
    change(
      { kind: 'set-param', id: block, name, value: sameValue(next, usual) ? undefined : next },
      { label: `Set ${name} of ${nameOf(block)}`, key: `param ${block} ${name}` },
    );
  return (
    <div className="parameter" data-changed={changed || undefined}>
      <span className="parameter-name">
        <Tooltip label={parameter.help} position="left">
          <label htmlFor={id}>
            <Breakable name={name} />
          </label>
        </Tooltip>
        {inComposite && <ExposeButton block={block} name={name} />}
      </span>
      <Field id={id} block={block} name={name} parameter={parameter} value={value} set={set} />
      {changed ? (
        <Tooltip label={`Changed. Back to the default, ${JSON.stringify(usual)}`}>
          <button type="button" className="reset" aria-label={`Reset ${name}`} onClick={() => set(usual)}>
            <span className="dot" />
          </button>
        </Tooltip>
      ) : (
        <span />
      )}
    </div>
  );
}

export function ParametersSection({
  id,
  block,
  definition,
}: {
  id: string;
  block: Block;
  definition: AnyBlockDefinition;
}) {
  const [more, setMore] = useState(false);
  const values = valuesOfBlock(block);
  const shown = Object.entries(definition.parameters).filter(
    ([, { when }]) => !when || when.is.some((value) => sameValue(value, values[when.parameter])),
  );
  const rare = shown.filter(([name, { advanced }]) => advanced && !(name in block.params));
  const rows = more ? shown : shown.filter((row) => !rare.includes(row));
  if (shown.length === 0) return null;
  return (
    <section>
      <h3>Parameters</h3>
      {rows.map(([name, parameter]) => (
        <Row key={name} block={id} name={name} parameter={parameter} value={values[name]} />
      ))}
      <div className="row s11 ink3 parameter-foot">
        {Object.keys(block.params).length > 0 && (
          <>
            <span className="dot accent" />
            changed from default
          </>
        )}
        <span className="grow" />
        {rare.length > 0 && (
          <button type="button" className="btn link s11" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? 'Fewer' : `${rare.length} more`}
          </button>
        )}
      </div>
    </section>
  );
}
