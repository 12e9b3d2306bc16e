/**
 * Owns a block's help page as data: everything on it comes from the block's definition. The inspector shows it, and a
 * command writes it as HTML.
 */
import { optionName } from '../blocks/configured';
import type { AnyBlockDefinition, Port, Values } from '../blocks/block';
import { defaultsOf } from '../blocks/catalogue';
import type { Parameter } from '../blocks/parameter';
import type { Drawing } from './drawing';
import { pictureOf } from './picture';

export interface HelpParameter {
  name: string;
  /** `whole number, at least 1`, `one of valid, same`. */
  values: string;
  /** As it is written in a project. */
  usual: string;
  help: string;
  /** Of one of several things with parameters of their own: each with its summary. */
  options: readonly { name: string; summary: string; parameters: readonly HelpParameter[] }[];
}

export interface HelpPage {
  type: string;
  title: string;
  category: string;
  summary: string;
  /** What it does, with its formula; `code` in backticks. */
  what: readonly string[];
  /** What it computes, a line each; none of blocks that compute nothing. */
  formulas: readonly string[];
  shapes: readonly string[];
  /** Typical mistakes, without these words. */
  mistakes: readonly string[];
  parameters: readonly HelpParameter[];
  inputs: readonly Port[];
  outputs: readonly Port[];
  picture: Drawing;
  /** What people look for when they mean it. */
  search: readonly string[];
  source: string;
}

const MISTAKE = /^Typical mistakes?:/;
const SHAPES_WORD = /^Shapes?: /;
const SHAPES = /^Shapes?:|^The shape does not change|\[batch/;

const bounds = ({
  min,
  max,
  above,
  below,
}: {
  min?: number;
  max?: number;
  above?: boolean;
  below?: boolean;
}) =>
  [
    ...(min === undefined ? [] : [`${above ? 'above' : 'at least'} ${min}`]),
    ...(max === undefined ? [] : [`${below ? 'below' : 'at most'} ${max}`]),
  ].join(', ');

const withBounds = (what: string, limits: string): string => (limits === '' ? what : `${what}, ${limits}`);

function valuesText(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'integer':
      return withBounds('whole number', bounds(parameter));
    case 'number':
      return withBounds('number', bounds(parameter));
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${parameter.options.join(', ')}`;
    case 'choices':
      return `any of ${parameter.options.join(', ')}`;
    case 'integers':
      return withBounds(
        parameter.length === undefined ? 'list of whole numbers' : `${parameter.length} whole numbers`,
        bounds(parameter),
      );
    case 'numbers':
      return withBounds('list of numbers', bounds(parameter));
    case 'configured': {
      const names = parameter.options.map(optionName).join(', ');
      return parameter.none === undefined
        ? `one of ${names}`
        : `${parameter.none} (null), or one of ${names}`;
    }
    case 'regularizer':
      return 'none (null), l1 and l2, or orthogonal with mode rows or columns';
    case 'blocks':
      return 'all (null), or ids of blocks';
    case 'class-weight':
      return 'none (null), balanced, or a weight for each class';
    case 'columns':
      return 'names of columns';
    case 'path':
      return parameter.accepts === 'either' ? 'a file or a folder' : `a ${parameter.accepts}`;
    default:
      return 'text';
  }
}

const helpParameter = (name: string, parameter: Parameter): HelpParameter => ({
  name,
  values: valuesText(parameter),
  usual: JSON.stringify(parameter.default),
  help: parameter.help,
  options:
    parameter.kind === 'configured'
      ? parameter.options.map((option) => ({
          name: optionName(option),
          summary: option.summary,
          parameters: parametersOf(option.parameters),
        }))
      : [],
});
const parametersOf = (parameters: Readonly<Record<string, Parameter>>): HelpParameter[] =>
  Object.entries(parameters).map(([name, parameter]) => helpParameter(name, parameter));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Kinds of blocks that compute something. */
const COMPUTES: readonly string[] = ['layer', 'loss', 'optimizer'];
const OPERATION = /[=·√Σ⌊±∗×−~←]|\S [/+*] \S|(max|min|log|sign|softplus)\(/;
/** A list of operators or an example of a formula to write is none. */
const LANGUAGE = /^name|^[^a-zA-Zα-ω]*$/;

/** The formula of the definition, else those that its text holds. */
function formulasOf({ behaviour, formula }: AnyBlockDefinition, texts: readonly string[]): string[] {
  if (!COMPUTES.includes(behaviour.kind)) return [];
  if (formula !== undefined) return [formula];
  const codes = texts.flatMap((text) => text.split('`').filter((_, i) => i % 2 === 1));
  return [...new Set(codes.filter((code) => OPERATION.test(code) && !LANGUAGE.test(code)))];
}

/** `values`: those of a block, which its picture shows; else the defaults. */
export function helpPage(
  definition: AnyBlockDefinition,
  values: Values = defaultsOf(definition.type),
): HelpPage {
  const { type, title, category, summary, help, source, search, parameters } = definition;
  const paragraphs = help.split('\n\n');
  const mistakes = paragraphs.filter((text) => MISTAKE.test(text));
  const shapes = paragraphs.filter((text) => SHAPES.test(text) && !mistakes.includes(text));
  const { inputs, outputs } = definition.ports(values);
  const what = paragraphs.filter((text) => !mistakes.includes(text) && !shapes.includes(text));
  return {
    type,
    title,
    category,
    summary,
    what,
    formulas: formulasOf(definition, what),
    shapes: shapes.map((text) => capital(text.replace(SHAPES_WORD, ''))),
    mistakes: mistakes.map((text) => capital(text.replace(MISTAKE, '').trim())),
    parameters: parametersOf(parameters),
    inputs,
    outputs,
    picture: pictureOf(definition, values),
    search,
    source,
  };
}
