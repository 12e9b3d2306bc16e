/** A start of the application that needs the engine: prints its progress and how it ended, one JSON line each. */
import { prepareNative } from '../../../electron/setup/native-engine';

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

void prepareNative({ ways: ['official'], onProgress: say }).then((result) => say({ result }));
