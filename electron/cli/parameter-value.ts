/** A parameter's value as it is typed on the command line: JSON, or plain text where the parameter is text. */
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import { checkValue, normaliseValue, type Parameter } from '../../shared/blocks/parameter';
import type { Json } from '../../shared/document/document';
import { fail, ok, type Result } from '../../shared/result';

function jsonOrText(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    // Numbers that are too large to be written down stay as they were typed, so that they are refused by what they are.
    return value === Infinity || value === -Infinity ? text : value;
  } catch {
    return text;
  }
}

function typed(text: string, parameter: Parameter): Json {
  switch (parameter.kind) {
    case 'text':
    case 'path':
    case 'choice':
      return text;
    case 'columns':
    case 'choices':
      return text.startsWith('[') ? jsonOrText(text) : text.split(',').filter((name) => name !== '');
    default:
      return jsonOrText(text);
  }
}

/** The value in the form that documents hold, or a sentence that names the parameter and what it may be. */
export function parameterValue(
  definition: AnyBlockDefinition | undefined,
  type: string,
  name: string,
  text: string,
): Result<Json> {
  const parameters = definition?.parameters ?? {};
  if (!Object.hasOwn(parameters, name)) {
    const names = Object.keys(parameters);
    return fail(
      'block/no-parameter',
      `${type} has no parameter ${name}. ${names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.'}`,
    );
  }
  const value = normaliseValue(typed(text, parameters[name]), parameters[name]);
  const wrong = checkValue(name, value, parameters[name]);
  return wrong === null ? ok(value) : fail('block/bad-value', wrong);
}
