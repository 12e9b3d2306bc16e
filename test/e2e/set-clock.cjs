// Loaded into a process before all else: its wall clock is wrong by the milliseconds that stand in a file.
const { readFileSync } = require('node:fs');

const RealDate = Date;
const file = process.env.AXONRY_TEST_CLOCK;

function wrongBy() {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + wrongBy());
    else super(...args);
  }
  static now() {
    return RealDate.now() + wrongBy();
  }
};
