/**
 * The engine process: `entry SETTINGS`, forked by Node or by Electron, settings as JSON. Owns its life: it says when it is
 * ready, answers until it is told to quit or its parent is gone, and never ends without having answered what is open.
 */
import { engineSettings, inspectRequests, type EngineSettings } from '../../shared/protocol/engine';
import { ok } from '../../shared/result';
import { loadBackend } from './native';
import { parentPort, type Port } from './port';
import { inspectServices, trainServices } from './roles';
import { Server, service, type Service, type Services } from './serve';

/** Exit codes: as `sysexits.h` has them. */
const WRONG_USAGE = 64;
const BUG = 70;

function readSettings(text: string | undefined): EngineSettings | null {
  try {
    const settings = engineSettings.safeParse(JSON.parse(text ?? ''));
    return settings.success ? settings.data : null;
  } catch {
    return null;
  }
}

function servicesOf(settings: EngineSettings, port: Port): Services {
  const quit: Service = {
    ...service('at once', inspectRequests.quit, () => ok(null)),
    afterwards: () => process.exit(0),
  };
  return settings.role === 'train'
    ? { ...trainServices(settings, (event) => void port.send({ kind: 'event', event })), quit }
    : {
        ...inspectServices(
          settings,
          (source, progress) => void port.send({ kind: 'reading', source, progress }),
        ),
        quit,
      };
}

function start(port: Port, settings: EngineSettings): void {
  const server = new Server(port, servicesOf(settings, port));
  const breakDown = (error: unknown) => void server.failAll(error).then(() => process.exit(BUG));
  process.on('uncaughtException', breakDown);
  process.on('unhandledRejection', breakDown);
  // Nobody would ever end an engine whose parent has died.
  port.onClose(() => process.exit(0));
  void sayReady(port, settings);
}

/** Looking at data needs no TensorFlow, so only a training process loads it before it is asked. */
async function sayReady(port: Port, settings: EngineSettings): Promise<void> {
  const { backend } = settings;
  const loaded = settings.role === 'train' ? await loadBackend(settings) : null;
  // Where it cannot be loaded, the request to train answers why.
  await port.send({ kind: 'ready', backend, version: loaded?.ok ? loaded.value.version : '' });
}

const port = parentPort();
const settings = readSettings(process.argv[process.argv.length - 1]);
if (port === null || settings === null) {
  process.stderr.write(
    'This program is started by Axonry itself, with its settings as JSON. Run "npm start" instead.\n',
  );
  process.exit(WRONG_USAGE);
}
start(port, settings);
