/** Owns the keyboard: which keys mean which command, and where. The shortcut list is printed from this table. */

export type Area = 'everywhere' | 'build' | 'canvas' | 'train';

export interface Shortcut {
  command: string;
  /** `Mod` is Ctrl, or Cmd on a Mac. The first is the one that is shown. */
  keys: readonly string[];
  label: string;
  /** `everywhere` also while typing in a field; `build` and `train` in that workspace outside fields; `canvas` with the focus in it. */
  area: Area;
}

export const SHORTCUTS = [
  { command: 'run', keys: ['Mod+Enter'], label: 'Run the network', area: 'everywhere' },
  { command: 'save', keys: ['Mod+S'], label: 'Save', area: 'everywhere' },
  { command: 'save-as', keys: ['Mod+Shift+S'], label: 'Save as', area: 'everywhere' },
  { command: 'open', keys: ['Mod+O'], label: 'Open a project', area: 'everywhere' },
  { command: 'next-area', keys: ['F6'], label: 'Next area of the window', area: 'everywhere' },
  { command: 'previous-area', keys: ['Shift+F6'], label: 'Area before', area: 'everywhere' },
  { command: 'next-problem', keys: ['F8'], label: 'Next problem', area: 'everywhere' },
  { command: 'settings', keys: ['Mod+,'], label: 'Settings', area: 'everywhere' },
  { command: 'shortcuts', keys: ['?'], label: 'This list', area: 'build' },
  { command: 'undo', keys: ['Mod+Z'], label: 'Undo', area: 'build' },
  { command: 'redo', keys: ['Mod+Shift+Z', 'Mod+Y'], label: 'Redo', area: 'build' },
  { command: 'search', keys: ['Mod+K', 'Shift+A'], label: 'Search a block to place', area: 'build' },
  { command: 'select-all', keys: ['Mod+A'], label: 'Select everything', area: 'build' },
  { command: 'delete', keys: ['Delete', 'Backspace'], label: 'Delete the selection', area: 'build' },
  {
    command: 'delete-reconnect',
    keys: ['Shift+Delete'],
    label: 'Delete and join what it stood between',
    area: 'build',
  },
  { command: 'duplicate', keys: ['Mod+D'], label: 'Duplicate the selection', area: 'build' },
  { command: 'mute', keys: ['M'], label: 'Mute: as if the block were not there', area: 'build' },
  { command: 'bypass', keys: ['Mod+B'], label: 'Bypass: its input goes straight on', area: 'build' },
  { command: 'group', keys: ['Mod+G'], label: 'Group the selection into one block', area: 'build' },
  { command: 'unpack', keys: ['Mod+Shift+G'], label: 'Unpack a composite block', area: 'build' },
  { command: 'open-block', keys: ['O'], label: 'Open a composite block', area: 'build' },
  { command: 'close-block', keys: ['Shift+O'], label: 'Leave the opened block', area: 'build' },
  { command: 'layout', keys: ['Mod+L'], label: 'Arrange the network', area: 'build' },
  { command: 'fit', keys: ['Mod+1', '.'], label: 'Show the whole network', area: 'build' },
  { command: 'zoom-in', keys: ['Mod+=', 'Mod++'], label: 'Zoom in', area: 'build' },
  { command: 'zoom-out', keys: ['Mod+-'], label: 'Zoom out', area: 'build' },
  { command: 'inspector', keys: ['I'], label: 'Show or hide the inspector (narrow window)', area: 'build' },
  { command: 'wire', keys: ['C'], label: 'Start a wire from the selected block', area: 'build' },
  {
    command: 'select-wire',
    keys: ['W'],
    label: 'Select a wire of the block, then its next one (Del deletes it)',
    area: 'build',
  },
  { command: 'note', keys: ['N'], label: 'Add a note', area: 'build' },
  {
    command: 'nudge-left',
    keys: ['ArrowLeft', 'Shift+ArrowLeft'],
    label: 'Move the selection (Shift: further)',
    area: 'canvas',
  },
  {
    command: 'nudge-right',
    keys: ['ArrowRight', 'Shift+ArrowRight'],
    label: 'Move the selection',
    area: 'canvas',
  },
  { command: 'nudge-up', keys: ['ArrowUp', 'Shift+ArrowUp'], label: 'Move the selection', area: 'canvas' },
  {
    command: 'nudge-down',
    keys: ['ArrowDown', 'Shift+ArrowDown'],
    label: 'Move the selection',
    area: 'canvas',
  },
  {
    command: 'edit-parameters',
    keys: ['Enter'],
    label: 'First parameter of the selected block',
    area: 'canvas',
  },
  { command: 'pause-run', keys: ['P'], label: 'Pause or resume the run', area: 'train' },
  { command: 'step-run', keys: ['S'], label: 'Do one step, then pause', area: 'train' },
  { command: 'evaluate-now', keys: ['E'], label: 'Evaluate the weights of now', area: 'train' },
  { command: 'keep-snapshot', keys: ['K'], label: 'Keep a snapshot', area: 'train' },
  { command: 'learning-rate', keys: ['L'], label: 'Change the learning rate', area: 'train' },
] as const satisfies readonly Shortcut[];

export type Command = (typeof SHORTCUTS)[number]['command'];

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Where the focus is: what may be heard there. */
export interface Focus {
  workspace: string;
  /** A field that takes text: canvas keys are letters there. */
  inField: boolean;
  /** A dialog or a menu is open. */
  inDialog: boolean;
  inCanvas: boolean;
}

function pressed(press: KeyPress, keys: string): boolean {
  const parts = keys.split(/\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier);
  if (press.altKey) return false;
  if ((press.ctrlKey || press.metaKey) !== has('Mod')) return false;
  // `?` and `+` need Shift on some keyboards and not on others: the character decides.
  const shiftDecides = key.length > 1 || /[a-z]/i.test(key);
  if (shiftDecides && press.shiftKey !== has('Shift')) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

function heard(area: Area, focus: Focus): boolean {
  if (focus.inDialog) return false;
  if (area === 'everywhere') return true;
  if (focus.inField) return false;
  if (area === 'train') return focus.workspace === 'train';
  return focus.workspace === 'build' && (area === 'build' || focus.inCanvas);
}

export function commandOf(press: KeyPress, focus: Focus): Command | null {
  const shortcut = SHORTCUTS.find(
    ({ keys, area }) => heard(area, focus) && keys.some((one) => pressed(press, one)),
  );
  return shortcut?.command ?? null;
}

const SHOWN: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '⏎',
  Delete: 'Del',
};
const onMac = () => typeof navigator !== 'undefined' && /Mac/.test(navigator.platform);

/** `Ctrl Shift Z`, as it is printed in menus and tooltips. */
export const keysText = (keys: string): string =>
  keys
    .split(/\+(?=.)/)
    .map((part) => (part === 'Mod' ? (onMac() ? '⌘' : 'Ctrl') : (SHOWN[part] ?? part)))
    .join(' ');

export const shortcutText = (command: Command): string =>
  keysText(SHORTCUTS.find((shortcut) => shortcut.command === command)?.keys[0] ?? '');
