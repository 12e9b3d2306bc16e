// Stands between a test and an engine: starts it, tells when it is ready, and waits to be killed.
const { fork } = require('node:child_process');

const [entry, settings] = process.argv.slice(2);
const engine = fork(entry, [settings], {
  serialization: 'advanced',
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
engine.once('message', () => process.send('ready'));
