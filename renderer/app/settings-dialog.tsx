/** The settings that hold for all projects on this computer: how many runs train at once, and on how much of it. */
import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { threadsOfRun, type AppSettings, type SettingsState } from '../../shared/protocol/settings';
import type { Result } from '../../shared/result';
import { host } from '../state/host';
import { reportProblem } from '../state/notices';
import { forgetCalibration, useMachine } from '../state/machine-store';

const RUNS = [1, 2] as const;

function RunsAtOnce({ value, onChange }: { value: number; onChange: (runs: 1 | 2) => void }) {
  return (
    <div className="setting">
      <div>
        <div id="runs-at-once">Runs at once</div>
        <p className="s12 ink2">The others wait for their turn.</p>
      </div>
      <div className="seg" role="group" aria-labelledby="runs-at-once">
        {RUNS.map((runs) => (
          <button key={runs} type="button" aria-pressed={runs === value} onClick={() => onChange(runs)}>
            {runs}
          </button>
        ))}
      </div>
    </div>
  );
}

function CoresLeft({
  settings,
  cores,
  onChange,
}: {
  settings: SettingsState;
  cores: number;
  onChange: (cores: number) => void;
}) {
  const { leaveCores, leaveCoresFixed } = settings;
  return (
    <div className="setting">
      <div>
        <div id="cores-left">Cores left free</div>
        <p className="s12 ink2">
          {leaveCoresFixed
            ? 'AXONRY_LEAVE_CORES in the environment sets this.'
            : 'For other programs, while a network trains.'}
        </p>
      </div>
      <Select
        aria-labelledby="cores-left"
        w={120}
        disabled={leaveCoresFixed}
        allowDeselect={false}
        data={Array.from({ length: cores }, (_, i) => ({
          value: String(i),
          label: i === 0 ? 'None' : `${i} of ${cores}`,
        }))}
        value={String(Math.min(leaveCores, cores - 1))}
        onChange={(chosen) => chosen !== null && onChange(Number(chosen))}
      />
    </div>
  );
}

export function SettingsDialog() {
  const cores = useMachine((state) => state.about?.cores ?? 1);
  const isPortable = useMachine(({ engine }) => engine.state === 'ready' && engine.portable === true);
  const [settings, setSettings] = useState<SettingsState | null>(null);
  const take = (answer: Result<SettingsState>) =>
    answer.ok ? setSettings(answer.value) : reportProblem(answer.problem);
  useEffect(() => {
    void host.settings({}).then(take);
  }, []);
  if (!settings) return null;
  const threads = threadsOfRun(settings, cores);
  const change = async (part: Partial<AppSettings>) => {
    const answer = await host.changeSettings(part);
    take(answer);
    if (answer.ok && threadsOfRun(answer.value, cores) !== threads) forgetCalibration();
  };
  const tooMany = (isPortable ? 1 : threads) * settings.runsAtOnce + settings.leaveCores > cores;
  return (
    <div className="settings">
      <RunsAtOnce value={settings.runsAtOnce} onChange={(runsAtOnce) => void change({ runsAtOnce })} />
      <CoresLeft settings={settings} cores={cores} onChange={(leaveCores) => void change({ leaveCores })} />
      <p className="s12 ink2" role="status">
        {isPortable
          ? 'WebAssembly computes each run on one core, whatever is set here.'
          : `Each run computes with ${threads} of ${cores} ${cores === 1 ? 'core' : 'cores'}.`}{' '}
        This holds for runs that begin from now on.
        {tooMany && ' Each run needs one, so fewer are left free than asked for.'}
      </p>
    </div>
  );
}
