/** The fields of the inspector, one for each kind of parameter. A field changes the document only with a valid value. */
import { MultiSelect, Select } from '@mantine/core';
import {
  isOrthogonal,
  ORTHOGONAL_MODES,
  type OrthogonalMode,
  type Parameter,
  type Regularizer,
} from '../../shared/blocks/parameter';
import type { Json } from '../../shared/document/document';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';
import { nameOf } from '../canvas/actions';
import { ConfiguredField } from './configured-field';
import { PathField } from './path-field';
import { TypedField, WrittenField } from './typed-field';
import { factsBefore, knownClasses } from './upstream';
import { plainText, readNumber } from './values';

export interface FieldProps<P extends Parameter = Parameter> {
  block: string;
  name: string;
  parameter: P;
  value: Json;
  set: (value: Json) => void;
  /** Of the element that the label names. */
  id: string;
}

function BooleanField({ value, set, id }: FieldProps) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      className="switch"
      checked={value === true}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

const dropdown = { comboboxProps: { transitionProps: { duration: 0 } }, maxDropdownHeight: 280 };

function ChoiceField({ parameter, value, set, id }: FieldProps) {
  if (parameter.kind !== 'choice') return null;
  return (
    <Select
      id={id}
      {...dropdown}
      data={[...parameter.options]}
      value={plainText(value)}
      onChange={(next) => next && set(next)}
    />
  );
}

function ChoicesField({ parameter, value, set, id }: FieldProps) {
  if (parameter.kind !== 'choices') return null;
  return (
    <MultiSelect
      id={id}
      {...dropdown}
      data={[...parameter.options]}
      value={Array.isArray(value) ? value.map(plainText) : []}
      placeholder={Array.isArray(value) && value.length > 0 ? undefined : 'automatic'}
      onChange={set}
    />
  );
}

function ColumnsField({ block, parameter, value, set, id }: FieldProps) {
  const document = useProject((state) => state.document);
  const results = useCompilation((state) => state.blocks);
  if (parameter.kind !== 'columns') return null;
  const chosen = Array.isArray(value) ? value.map(plainText) : [];
  const names = factsBefore(document, results, block)?.columns.map((column) => column.name) ?? [];
  const data = [...new Set([...names, ...chosen])];
  const automatic = { input: 'all inputs', target: 'the target', weight: 'all alike' }[parameter.role];
  if (parameter.single)
    return (
      <Select
        id={id}
        {...dropdown}
        clearable
        data={data}
        value={chosen[0] ?? null}
        placeholder={automatic}
        onChange={(next) => set(next === null ? [] : [next])}
      />
    );
  return (
    <MultiSelect
      id={id}
      {...dropdown}
      searchable
      data={data}
      value={chosen}
      placeholder={chosen.length > 0 ? undefined : automatic}
      onChange={set}
    />
  );
}

const SIZE = 'L1 and L2';
const ANGLES: Record<OrthogonalMode, string> = { rows: 'row angles', columns: 'column angles' };

/** λ of the penalties: 0 is none. */
function RegularizerField({ value, set, id, name }: FieldProps) {
  // The value fits its parameter, or is the default in its place.
  const current = (value as unknown as Regularizer | null) ?? { l1: 0, l2: 0 };
  const orthogonal = isOrthogonal(current);
  const kind = orthogonal ? ANGLES[current.mode] : SIZE;
  const factors = orthogonal ? { orthogonal: current.orthogonal } : current;
  const choose = (next: string | null) => {
    const mode = ORTHOGONAL_MODES.find((each) => ANGLES[each] === next);
    set(mode === undefined ? null : { orthogonal: orthogonal ? current.orthogonal : 0.01, mode });
  };
  const change = (which: string, text: string) => {
    const number = readNumber(text);
    if (typeof number !== 'number' || number < 0) return;
    const next = { ...current, [which]: number };
    set(Object.values({ ...factors, [which]: number }).every((factor) => factor === 0) ? null : next);
  };
  return (
    <div className="typed-field">
      <Select
        {...dropdown}
        aria-label={`${name} kind`}
        data={[SIZE, ...Object.values(ANGLES)]}
        value={kind}
        onChange={choose}
      />
      <div className="pair-field">
        {Object.entries(factors).map(([which, factor], i) => (
          <div className="field" key={`${which} ${factor}`}>
            <span className="unit">{which === 'orthogonal' ? 'factor' : which.toUpperCase()}</span>
            <input
              id={i === 0 ? id : undefined}
              className="num"
              aria-label={`${name} ${which}`}
              defaultValue={plainText(factor)}
              onBlur={(event) => change(which, event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') change(which, event.currentTarget.value);
              }}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function BlocksField({ value, set, id, parameter }: FieldProps) {
  const results = useCompilation((state) => state.blocks);
  const data = Object.entries(results)
    .filter(([, result]) => result.parameters > 0)
    .map(([block]) => ({ value: block, label: `${nameOf(block)} (${block})` }));
  const chosen = Array.isArray(value) ? value.map(plainText) : [];
  if (parameter.kind !== 'blocks') return null;
  const { single = false, none = single ? 'none chosen' : 'all blocks' } = parameter;
  return (
    <MultiSelect
      id={id}
      {...dropdown}
      data={data}
      value={chosen}
      placeholder={chosen.length > 0 ? undefined : none}
      onChange={(next) => set(next.length === 0 ? null : single ? next.slice(-1) : next)}
    />
  );
}

function ClassWeightField({ value, set, id, name }: FieldProps) {
  const document = useProject((state) => state.document);
  const classes = knownClasses(document);
  const weights = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  const mode = value === 'balanced' ? 'balanced' : weights ? 'by class' : 'none';
  const choose = (next: string | null) => {
    if (next === 'none') set(null);
    else if (next === 'balanced') set('balanced');
    else if (next === 'by class') set(Object.fromEntries(classes.map((one) => [one, 1])));
  };
  return (
    <div className="typed-field">
      <Select
        id={id}
        {...dropdown}
        data={['none', 'balanced', ...(classes.length > 0 ? ['by class'] : [])]}
        value={mode}
        onChange={choose}
      />
      {weights &&
        Object.entries(weights).map(([one, weight]) => (
          <label key={one} className="class-weight">
            <span className="ink2">{one}</span>
            <span className="field">
              <input
                className="num"
                aria-label={`${name} of ${one}`}
                defaultValue={plainText(weight)}
                onBlur={(event) => {
                  const number = readNumber(event.currentTarget.value);
                  if (typeof number === 'number' && number >= 0) set({ ...weights, [one]: number });
                }}
              />
            </span>
          </label>
        ))}
    </div>
  );
}

export function Field(props: FieldProps) {
  switch (props.parameter.kind) {
    case 'integer':
    case 'number':
    case 'integers':
    case 'numbers':
      return <TypedField {...props} />;
    case 'text':
      return props.parameter.multiline ? (
        <WrittenField {...props} parameter={props.parameter} />
      ) : (
        <TypedField {...props} />
      );
    case 'path':
      return <PathField {...props} parameter={props.parameter} />;
    case 'boolean':
      return <BooleanField {...props} />;
    case 'choice':
      return <ChoiceField {...props} />;
    case 'choices':
      return <ChoicesField {...props} />;
    case 'columns':
      return <ColumnsField {...props} />;
    case 'regularizer':
      return <RegularizerField {...props} />;
    case 'blocks':
      return <BlocksField {...props} />;
    case 'class-weight':
      return <ClassWeightField {...props} />;
    case 'configured':
      return <ConfiguredField {...props} parameter={props.parameter} />;
  }
}
