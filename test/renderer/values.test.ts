import { describe, expect, it } from 'vitest';
import { integersText, readValue, stepped } from '../../renderer/inspector/values';
import { figureText, shareText, shortCountText, sizeText } from '../../renderer/ui/numbers';
import type { Parameter } from '../../shared/blocks/parameter';

const kernel: Parameter = { kind: 'integers', default: [3, 3], length: 2, min: 1, help: '' };
const rate: Parameter = { kind: 'number', default: 0.001, min: 0, above: true, scale: 'log', help: '' };
const units: Parameter = { kind: 'integer', default: 32, min: 1, help: '' };

describe('what is typed in a field', () => {
  it.each(['5 × 5', '5, 5', '[5 5]', '5x5', '5'])('reads %s as a kernel of 5 by 5', (text) => {
    expect(readValue('kernel_size', text, kernel)).toEqual({ ok: true, value: [5, 5] });
  });

  it('reads a decimal comma and an exponent', () => {
    expect(readValue('learning_rate', '0,01', rate)).toEqual({ ok: true, value: 0.01 });
    expect(readValue('learning_rate', '1e-4', rate)).toEqual({ ok: true, value: 0.0001 });
  });

  it.each([
    [units, '', 'units'],
    [units, '1.5', 'units'],
    [units, '0', 'units'],
    [rate, '0', 'rate'],
    [kernel, '3 × 3 × 3', 'kernel_size'],
    [kernel, '', 'kernel_size'],
  ])('refuses a wrong value with a sentence that names the parameter (%#)', (parameter, text, name) => {
    const reading = readValue(name, text, parameter);
    expect(reading.ok).toBe(false);
    expect(!reading.ok && reading.message).toContain(name);
  });

  it('shows a list as it is read', () => {
    expect(readValue('kernel_size', integersText([3, 7]), kernel)).toEqual({ ok: true, value: [3, 7] });
  });

  it('steps whole numbers by one and rates by decades', () => {
    expect(stepped(32, 1, units)).toBe(33);
    expect(stepped(0.001, -1, rate)).toBe(0.0001);
  });
});

describe('numbers for a person', () => {
  it('writes counts, sizes and shares with the figures that matter', () => {
    expect(shortCountText(2_230_000)).toBe('2.23\u2009M');
    expect(shortCountText(9_999)).toBe('9,999');
    expect(sizeText(30_976)).toBe('31 kB');
    expect(sizeText(999_600)).toBe('1.0 MB');
    expect(shareText(1, 1000)).toBe('<\u20091 %');
    expect(shareText(0, 0)).toBe('–');
    expect(figureText(0.130_812)).toBe('0.131');
  });
});
