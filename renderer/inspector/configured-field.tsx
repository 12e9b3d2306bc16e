/** The field of a parameter that is one of several things with parameters of their own: a choice, then theirs. */
import { Select, Tooltip } from '@mantine/core';
import { useId } from 'react';
import { configOf, configured, optionName, optionOf } from '../../shared/blocks/configured';
import type { ConfiguredParameter, Parameter } from '../../shared/blocks/parameter';
import type { Json } from '../../shared/document/document';
import { Breakable } from '../ui/breakable';
import { Field, type FieldProps } from './fields';

const NONE = '';

function OwnParameter({
  owner,
  name,
  parameter,
  value,
  set,
}: {
  owner: string;
  name: string;
  parameter: Parameter;
  value: Json;
  set: (value: Json) => void;
}) {
  const id = useId();
  return (
    <>
      <Tooltip label={parameter.help} position="left">
        <label htmlFor={id}>
          <Breakable name={name} />
        </label>
      </Tooltip>
      <Field id={id} block={owner} name={name} parameter={parameter} value={value} set={set} />
    </>
  );
}

export function ConfiguredField({ block, parameter, value, set, id }: FieldProps<ConfiguredParameter>) {
  const option = optionOf(value, parameter);
  const config = configOf(value, parameter);
  const choose = (name: string | null) => {
    const next = parameter.options.find((one) => optionName(one) === name);
    if (next) set(configured(next));
    else if (parameter.none !== undefined) set(null);
  };
  return (
    <div className="configured-field">
      <Select
        id={id}
        comboboxProps={{ transitionProps: { duration: 0 }, width: 'max-content', position: 'bottom-end' }}
        maxDropdownHeight={280}
        data={[
          ...(parameter.none === undefined ? [] : [{ value: NONE, label: parameter.none }]),
          ...parameter.options.map(optionName),
        ]}
        value={option ? optionName(option) : NONE}
        onChange={choose}
      />
      {option && Object.keys(option.parameters).length > 0 && (
        <div className="own" role="group" aria-label={optionName(option)}>
          <p className="s11 ink3">{option.summary}</p>
          {Object.entries(option.parameters).map(([name, own]) => (
            <OwnParameter
              key={`${optionName(option)} ${name}`}
              owner={block}
              name={name}
              parameter={own}
              value={config[name]}
              set={(next) => set(configured(option, { ...config, [name]: next }))}
            />
          ))}
        </div>
      )}
    </div>
  );
}
