/** Which remark on a run is read first, and what a remark that is told again replaces. */
import { expect, it } from 'vitest';
import { byWeight, causes } from '../../../renderer/training/advice-order';
import { readLedger } from '../../../renderer/training/ledger';
import type { Fix } from '../../../shared/compiler/diagnostic';
import type { RunDiagnostic } from '../../../shared/protocol/run';

const remark = (code: string, severity: RunDiagnostic['severity'], message = ''): RunDiagnostic => ({
  code,
  severity,
  block: 'train',
  message,
  why: '',
});
const fix: Fix = { label: 'Mend it', edit: { kind: 'batch', label: 'Mend it', edits: [] } };

it('errors come before warnings and hints, and what can be mended before what can only be read', () => {
  const told = [
    remark('run/mismatch', 'warning'),
    remark('run/overfit', 'warning'),
    remark('run/initial-loss', 'warning'),
    remark('run/not-finite', 'error'),
    remark('run/metric-sample', 'hint'),
  ];
  const ordered = byWeight(told, ({ code }) => (code === 'run/overfit' ? [fix] : []));
  expect(ordered.map(({ code }) => code)).toEqual([
    'run/not-finite',
    'run/overfit',
    'run/initial-loss',
    'run/mismatch',
    'run/metric-sample',
  ]);
});

it('what is told again stands in the place of what was told before', () => {
  const tell = (message: string) =>
    ({ type: 'diagnostic', time: 1, diagnostic: remark('run/overfit', 'warning', message) }) as const;
  const { diagnostics } = readLedger([tell('0.153 to 0.156'), tell('0.153 to 0.401')]);
  expect(diagnostics.map(({ message }) => message)).toEqual(['0.153 to 0.401']);
});

it('what is no longer true is no longer shown', () => {
  const told = ['run/oscillating', 'run/overfit'].map(
    (code) => ({ type: 'diagnostic', time: 1, diagnostic: remark(code, 'warning') }) as const,
  );
  const past = { type: 'withdrawn', time: 2, code: 'run/oscillating', block: 'train', epoch: 53 } as const;
  expect(readLedger([...told, past]).diagnostics.map(({ code }) => code)).toEqual(['run/overfit']);
});

it('what only follows from another remark is not shown beside it', () => {
  const shown = (...codes: string[]) =>
    causes(codes.map((code) => remark(code, 'warning'))).map(({ code }) => code);
  const thrown = [
    'run/diverging',
    'run/oscillating',
    'run/majority-only',
    'run/saturated',
    'run/metric-sample',
  ];
  expect(shown(...thrown)).toEqual(['run/diverging', 'run/metric-sample']);
  expect(shown(...thrown, 'run/not-finite')).toEqual(['run/metric-sample', 'run/not-finite']);
  expect(shown('run/saturated', 'run/majority-only')).toEqual(['run/saturated', 'run/majority-only']);
});
