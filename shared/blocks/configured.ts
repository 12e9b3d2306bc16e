/**
 * Owns values that name a Keras object with parameters of its own: `he_normal`, or `{class_name: "RandomNormal",
 * config: {stddev: 0.1}}`. The short name stands for the class with its defaults.
 */
import type { Json } from '../document/document';
import {
  checkValue,
  defaultValue,
  normaliseValue,
  type Configured,
  type ConfiguredOption,
  type ConfiguredParameter,
} from './parameter';

type Written = { class_name: string; config: Record<string, Json> };

const isRecord = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWritten = (value: Json): value is Written =>
  isRecord(value) && typeof value.class_name === 'string' && isRecord(value.config);

/** What a person calls it. */
export const optionName = ({ name, class_name }: ConfiguredOption): string => name ?? class_name;

/** The option that a value names, by its short name or its class. */
export function optionOf(
  value: Json | Configured,
  { options }: ConfiguredParameter,
): ConfiguredOption | undefined {
  if (typeof value === 'string') return options.find(({ name }) => name === value);
  const written = value as Json;
  return isWritten(written) ? options.find(({ class_name }) => class_name === written.class_name) : undefined;
}

/** Every parameter of the chosen option; empty where none is chosen. */
export function configOf(value: Json | Configured, parameter: ConfiguredParameter): Record<string, Json> {
  const option = optionOf(value, parameter);
  if (option === undefined) return {};
  const given = isWritten(value) ? (value).config : {};
  return Object.fromEntries(
    Object.entries(option.parameters).map(([name, own]) => [
      name,
      normaliseValue(Object.hasOwn(given, name) ? given[name] : defaultValue(own), own),
    ]),
  );
}

export function checkConfigured(name: string, value: Json, parameter: ConfiguredParameter): string | null {
  if (value === null && parameter.none !== undefined) return null;
  const option = optionOf(value, parameter);
  if (option === undefined) {
    const names = parameter.options.map(optionName);
    return `${name} is ${JSON.stringify(value)}; it must be ${parameter.none === undefined ? '' : 'null or '}one of ${names.join(', ')}, or {"class_name": …, "config": {…}}.`;
  }
  if (!isWritten(value)) return null;
  for (const [key, entry] of Object.entries(value.config)) {
    if (!Object.hasOwn(option.parameters, key))
      return `${name}: ${optionName(option)} has no parameter ${key}.`;
    const problem = checkValue(key, entry, option.parameters[key]);
    if (problem) return `${name}: ${problem}`;
  }
  return null;
}

/** The class of an option without a short name is filled with its defaults; a short name stays as it is. */
export function normaliseConfigured(value: Json, parameter: ConfiguredParameter): Json {
  if (!isWritten(value)) return value;
  const option = optionOf(value, parameter);
  return option === undefined ? value : { class_name: option.class_name, config: configOf(value, parameter) };
}

/** What is stored when a person chooses an option or changes one of its parameters. */
export function configured(
  option: ConfiguredOption,
  config: Readonly<Record<string, Json>> = {},
): Configured {
  const changed = Object.entries(config).filter(
    ([name, value]) =>
      JSON.stringify(value) !==
      JSON.stringify(normaliseValue(defaultValue(option.parameters[name]), option.parameters[name])),
  );
  return option.name !== undefined && changed.length === 0
    ? option.name
    : { class_name: option.class_name, config: Object.fromEntries(changed) };
}
