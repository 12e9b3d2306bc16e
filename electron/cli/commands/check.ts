/** `check`: compiles a project and says what is wrong with it. */
import os from 'node:os';
import type { Compilation } from '../../../shared/compiler/compilation';
import { compile } from '../../../shared/compiler/compile';
import type { Diagnostic } from '../../../shared/compiler/diagnostic';
import type { Plan } from '../../../shared/compiler/plan';
import type { Document } from '../../../shared/document/document';
import type { FactsProblem } from '../../host/data';
import { changedDocument, readProjectOrTemplate } from '../changed-document';
import type { Command } from '../command';

/** A source that cannot be read stops only where nothing is known of it from before. */
function unread({ block, problem }: FactsProblem, document: Document): Diagnostic {
  const isKnown = block in document.facts;
  return {
    code: problem.code,
    severity: isKnown ? 'warning' : 'error',
    block,
    port: null,
    message: problem.message,
    why: isKnown
      ? 'The network is checked with what was known of the data before; it cannot be trained without them.'
      : 'Without the data no shapes are known.',
    fixes: [],
  };
}

/** What each layer weighs and costs; bytes of activations for one sample, those of the optimizer beside the weights. */
const planSummary = ({ layers }: Plan, { totals, blocks }: Compilation) => ({
  ...totals,
  layers: layers.map(({ block, class_name, output_shape, parameters, multiplyAdds }) => {
    const { dtype, masked, trainableParameters, activationBytes, optimizerBytes } = blocks[block];
    return {
      block, class_name, output_shape, dtype, masked, parameters, trainableParameters, multiplyAdds,
      activationBytes, optimizerBytes,
    }; // prettier-ignore
  }),
});

const line = ({ severity, block, code, message, why }: Diagnostic): string =>
  `${severity}  ${block === null ? '' : `${block}: `}${message} ${why} [${code}]`;

const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`;

export const check: Command = {
  name: 'check',
  usage: 'FILE|NAME [--data SOURCE] [--set block.param=value]…',
  summary: 'Compile a project and say what is wrong with it',
  options: { data: { type: 'string' }, set: { type: 'string', multiple: true } },
  takes: { least: 1, most: 1 },
  run: async ({ terminal, options, positionals: [file], host }) => {
    const { document, session } = await readProjectOrTemplate(file);
    const changed = await changedDocument(document, options);
    const { document: known, problems } = await host().parts.data.refreshed(changed, session.folder);
    const compilation = compile(known, known.facts, { memory: os.totalmem() });
    const { plan, diagnostics, totals } = compilation;
    const blamed = new Set(problems.map(({ block }) => block));
    const unknownData = (diagnostic: Diagnostic) =>
      diagnostic.code.startsWith('data/') &&
      diagnostic.block !== null &&
      blamed.has(diagnostic.block) &&
      !(diagnostic.block in known.facts);
    const all = [
      ...problems.map((problem) => unread(problem, known)),
      ...diagnostics.filter((diagnostic) => !unknownData(diagnostic)),
    ];
    const count = (severity: Diagnostic['severity']) =>
      all.filter((diagnostic) => diagnostic.severity === severity).length;
    const [errors, warnings] = [count('error'), count('warning')];
    terminal.printJson({
      type: 'check',
      errors,
      warnings,
      diagnostics: all,
      plan: plan && planSummary(plan, compilation),
      totals,
    });
    for (const diagnostic of all) terminal.print(line(diagnostic));
    if (errors === 0) {
      const { parameters, multiplyAdds } = totals;
      terminal.print(
        `${plan ? `${plan.layers.length} layers, ` : ''}${parameters.toLocaleString('en')} parameters, ${multiplyAdds.toLocaleString('en')} multiply-adds per sample.`,
      );
    }
    terminal.print(`${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`);
    return errors > 0 ? 1 : 0;
  },
};
