/** `doctor`: what this machine has and lacks for training; mends what it can. */
import type { DoctorCheck } from '../../../shared/protocol/setup';
import { mend } from '../../setup/doctor';
import { findNative } from '../../setup/native-engine';
import type { Command } from '../command';
import { showSetup } from '../setup-progress';

const marks: Record<DoctorCheck['state'], string> = {
  good: 'good   ',
  mended: 'mended ',
  missing: 'missing',
  bad: 'bad    ',
};

export const doctor: Command = {
  name: 'doctor',
  usage: '[--gpu]',
  summary: 'Say what this machine has and lacks for training, and mend what can be mended',
  options: { gpu: { type: 'boolean' } },
  takes: { least: 0, most: 0 },
  run: async ({ terminal, options }) => {
    const report = await mend({
      build: options.flag('gpu') ? 'gpu' : undefined,
      onProgress: (progress) => showSetup(terminal, progress),
    });
    const native = await findNative();
    terminal.printJson({ type: 'doctor', ...report, native: native.ok ? native.value.path : null });
    for (const { name, state, message, mend: advice } of report.checks) {
      terminal.print(
        `${marks[state]}  ${name}: ${message}${advice === undefined ? '' : `\n         ${advice}`}`,
      );
    }
    terminal.print(report.ready ? 'Networks can be trained here.' : 'Networks cannot be trained here yet.');
    return report.ready ? 0 : 1;
  },
};
