/** The project's menu: start page, new, open, examples, save. */
import { Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Example } from '../../shared/protocol/host-api';
import { showSettings, showShortcuts } from '../state/dialogs';
import { host } from '../state/host';
import { newProject, openExample, openWithDialog, save, saveAs } from '../state/project-files';
import { showWorkspace, useProject } from '../state/project-store';
import { shortcutText } from './commands';

export function FileMenu() {
  const project = useProject((state) => state.project);
  const onStart = useProject((state) => state.workspace === 'start' || state.project === null);
  const [examples, setExamples] = useState<readonly Example[]>([]);
  const askForExamples = async () => {
    const answer = await host.start({});
    if (answer.ok) setExamples(answer.value.examples);
  };
  return (
    <Menu onOpen={() => void askForExamples()} returnFocus>
      <Menu.Target>
        <button type="button" className="btn ghost project-menu">
          <span className="project-name">{project?.name ?? 'Axonry'}</span>
          <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
          <span className="visually-hidden">, file menu</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={onStart} onClick={() => showWorkspace('start')}>
          Start page
        </Menu.Item>
        <Menu.Item onClick={() => void newProject()}>New project</Menu.Item>
        <Menu.Item rightSection={shortcutText('open')} onClick={() => void openWithDialog()}>
          Open
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item>Examples</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {examples.length === 0 && <Menu.Label>No examples were found</Menu.Label>}
            {examples.map((example) => (
              <Menu.Item key={example.name} onClick={() => void openExample(example.name)}>
                {example.title}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Divider />
        <Menu.Item disabled={!project} rightSection={shortcutText('save')} onClick={() => void save()}>
          Save
        </Menu.Item>
        <Menu.Item disabled={!project} rightSection={shortcutText('save-as')} onClick={() => void saveAs()}>
          Save as
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item rightSection={shortcutText('settings')} onClick={showSettings}>
          Settings
        </Menu.Item>
        <Menu.Item rightSection={shortcutText('shortcuts')} onClick={showShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
