/** Shows the dialog that is open: a question with choices, a file to choose, the settings, the list of shortcuts. */
import { Modal } from '@mantine/core';
import { closeDialog, useDialog, type ChoiceQuestion, type Dialog } from '../state/dialogs';
import { keysText, SHORTCUTS, type Area } from './commands';
import { FileDialog } from './file-dialog';
import { SettingsDialog } from './settings-dialog';

function Choice({ question }: { question: ChoiceQuestion }) {
  return (
    <>
      <p className="ink2">{question.text}</p>
      <div className="row g8 dialog-actions">
        {question.choices.map((choice, i) => (
          <button
            key={choice}
            type="button"
            className={i === 0 ? 'btn primary' : 'btn'}
            data-autofocus={i === 0 || undefined}
            onClick={() => question.resolve(choice)}
          >
            {choice}
          </button>
        ))}
      </div>
    </>
  );
}

const AREAS: readonly { area: Area; title: string }[] = [
  { area: 'everywhere', title: 'Everywhere' },
  { area: 'build', title: 'Build' },
  { area: 'canvas', title: 'With the focus on the canvas' },
  { area: 'train', title: 'Train' },
];
/** Gestures and keys that the browser or the canvas itself handles. */
const GESTURES: readonly (readonly [string, string])[] = [
  ['Tab on the canvas or after a click on a block', 'Search a block to place'],
  ['Tab from a block that was reached by keys', 'Next block along the wires'],
  ['Double-click on empty canvas', 'Search a block to place there'],
  ['Drag a wire into the void', 'Search among the blocks that fit'],
  ['Drop a block on a wire', 'Insert it'],
  ['Drag the end of a wire', 'Connect it elsewhere, or remove it in the void'],
  ['Shift drag', 'Select with a box'],
  ['Ctrl click', 'Add to the selection'],
  ['Alt drag', 'Duplicate'],
  ['Ctrl C, Ctrl X, Ctrl V', 'Copy, cut, paste'],
  ['Right click', 'Menu of what is under the pointer'],
];

function ShortcutList() {
  return (
    <div className="shortcut-list">
      {AREAS.map(({ area, title }) => (
        <section key={area}>
          <h3 className="label">{title}</h3>
          <dl>
            {SHORTCUTS.filter((shortcut) => shortcut.area === area).map(({ command, keys, label }) => (
              <div key={command} className="row">
                <dt className="grow">{label}</dt>
                <dd className="row g4">
                  {keys.map((one) => (
                    <kbd key={one}>{keysText(one)}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section>
        <h3 className="label">On the canvas</h3>
        <dl>
          {GESTURES.map(([keys, label]) => (
            <div key={keys} className="row">
              <dt className="grow">{label}</dt>
              <dd>
                <kbd>{keys}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function titleOf(dialog: Dialog): string {
  switch (dialog.kind) {
    case 'shortcuts':
      return 'Keyboard shortcuts';
    case 'settings':
      return 'Settings';
    default:
      return dialog.title;
  }
}

const isSmall = ({ kind }: Dialog): boolean => kind === 'choice' || kind === 'settings';

export function Dialogs() {
  const dialog = useDialog((state) => state.dialog);
  return (
    <Modal
      opened={dialog !== null}
      onClose={closeDialog}
      title={dialog && titleOf(dialog)}
      size={dialog && isSmall(dialog) ? 460 : 680}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {dialog?.kind === 'choice' && <Choice question={dialog} />}
      {dialog?.kind === 'file' && <FileDialog question={dialog} />}
      {dialog?.kind === 'shortcuts' && <ShortcutList />}
      {dialog?.kind === 'settings' && <SettingsDialog />}
    </Modal>
  );
}
