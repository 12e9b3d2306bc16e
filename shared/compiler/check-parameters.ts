/** Owns the check of a block's parameters against its definition: what is wrong is said and replaced by the default. */
import type { AnyBlockDefinition, Values } from '../blocks/block';
import { defaultValue, normaliseValue, checkValue } from '../blocks/parameter';
import type { Block, BlockId, Json } from '../document/document';
import type { Diagnostic, Fix } from './diagnostic';

export interface CheckedParameters {
  /** Complete, with the default where a value is out of range. */
  values: Values;
  diagnostics: Diagnostic[];
  isBroken: boolean;
}

/** `given` are the block's values with defaults filled in. */
export function checkParameters(
  id: BlockId,
  block: Block,
  definition: AnyBlockDefinition,
  label: string,
  given: Values,
): CheckedParameters {
  const values: Record<string, Json> = { ...given };
  const diagnostics: Diagnostic[] = [];
  let isBroken = false;
  const toDefault = (name: string): Fix => ({
    label: 'Back to the default',
    edit: { kind: 'set-param', id, name },
  });
  for (const name of Object.keys(block.params)) {
    const known = Object.hasOwn(definition.parameters, name);
    const parameter = definition.parameters[name];
    const problem = known
      ? checkValue(name, values[name], parameter)
      : `it has no parameter "${name}", which is left aside.`;
    if (!problem) continue;
    diagnostics.push({
      code: 'block/parameter',
      severity: known ? 'error' : 'warning',
      block: id,
      port: null,
      message: `${label}: ${problem}`,
      why: known ? parameter.help : 'The name may be misspelt, or belong to another version of the block.',
      fixes: [known ? toDefault(name) : { ...toDefault(name), label: 'Remove the parameter' }],
    });
    if (!known) continue;
    values[name] = normaliseValue(defaultValue(parameter), parameter);
    isBroken = true;
  }
  return { values, diagnostics, isBroken };
}
