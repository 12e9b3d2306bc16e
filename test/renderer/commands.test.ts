import { describe, expect, it } from 'vitest';
import { commandOf, keysText, SHORTCUTS, type Focus } from '../../renderer/app/commands';

const press = (
  key: string,
  modifiers: { ctrl?: boolean; shift?: boolean; alt?: boolean; meta?: boolean } = {},
) => ({
  key,
  ctrlKey: modifiers.ctrl ?? false,
  metaKey: modifiers.meta ?? false,
  shiftKey: modifiers.shift ?? false,
  altKey: modifiers.alt ?? false,
});
const onCanvas: Focus = { workspace: 'build', inField: false, inDialog: false, inCanvas: true };
const inField: Focus = { ...onCanvas, inField: true, inCanvas: false };

describe('the keyboard', () => {
  it('undoes and redoes on the canvas, with both usual keys for redo', () => {
    expect(commandOf(press('z', { ctrl: true }), onCanvas)).toBe('undo');
    expect(commandOf(press('Z', { ctrl: true, shift: true }), onCanvas)).toBe('redo');
    expect(commandOf(press('y', { ctrl: true }), onCanvas)).toBe('redo');
    expect(commandOf(press('z', { meta: true }), onCanvas)).toBe('undo');
  });

  it('leaves letters, deleting and undo to a field that takes text', () => {
    for (const key of ['m', 'c', 'i', 'n', 'Delete', 'Backspace', 'ArrowLeft', 'Enter', '?'])
      expect(commandOf(press(key), inField), key).toBeNull();
    for (const key of ['z', 'a', 'd', 'b'])
      expect(commandOf(press(key, { ctrl: true }), inField), key).toBeNull();
  });

  it('saves and runs from anywhere, also from a field', () => {
    expect(commandOf(press('s', { ctrl: true }), inField)).toBe('save');
    expect(commandOf(press('Enter', { ctrl: true }), inField)).toBe('run');
    expect(commandOf(press('F6'), inField)).toBe('next-area');
    expect(commandOf(press('F6', { shift: true }), inField)).toBe('previous-area');
  });

  it('deletes with Delete and with Backspace', () => {
    expect(commandOf(press('Delete'), onCanvas)).toBe('delete');
    expect(commandOf(press('Backspace'), onCanvas)).toBe('delete');
    expect(commandOf(press('Delete', { shift: true }), onCanvas)).toBe('delete-reconnect');
  });

  it('opens the list with the character ? however it is typed', () => {
    expect(commandOf(press('?', { shift: true }), onCanvas)).toBe('shortcuts');
    expect(commandOf(press('?'), onCanvas)).toBe('shortcuts');
  });

  it('moves blocks only with the focus on the canvas, and nothing while a dialog is open', () => {
    expect(commandOf(press('ArrowLeft'), onCanvas)).toBe('nudge-left');
    expect(commandOf(press('ArrowLeft', { shift: true }), onCanvas)).toBe('nudge-left');
    expect(commandOf(press('ArrowLeft'), { ...onCanvas, inCanvas: false })).toBeNull();
    expect(commandOf(press('z', { ctrl: true }), { ...onCanvas, inDialog: true })).toBeNull();
  });

  it('does not hear canvas keys in another workspace', () => {
    expect(commandOf(press('m'), { ...onCanvas, workspace: 'train' })).toBeNull();
  });

  it('gives no two commands of one area the same keys', () => {
    const seen = new Map<string, string>();
    for (const { command, keys } of SHORTCUTS)
      for (const key of keys) {
        expect(seen.get(key), `${key} is ${seen.get(key)} and ${command}`).toBeUndefined();
        seen.set(key, command);
      }
  });

  it('prints keys as a keyboard names them', () => {
    expect(keysText('Mod+Shift+Z')).toBe('Ctrl Shift Z');
    expect(keysText('Mod++')).toBe('Ctrl +');
  });
});
