import { performance } from 'node:perf_hooks';
import { RandomStream } from '../../shared/random/random';
import { buildNetwork } from '../../electron/engine/network/network';
import { recordedStep } from '../../electron/engine/step/recorded/record-step';
import { loadNative } from '../../electron/setup/load-native';
import { nativeFolder } from '../../electron/setup/locations';
import { planOf, WORKLOADS } from './train/workloads';
async function main() {
  const names = process.argv[2].split(',');
  const variants = JSON.parse(process.argv[3]);
  const rounds = Number(process.argv[4] ?? 5);
  const count = Number(process.argv[5] ?? 40);
  await loadNative(nativeFolder());
  for (const w of WORKLOADS.filter((x) => names.includes(x.name))) {
    const plan = planOf(w);
    if (typeof plan === 'string') {
      console.log(plan);
      continue;
    }
    const n = w.batch * 8;
    const r = new RandomStream(1, 'a', 'b');
    const size = w.input.shape.reduce((a, b) => a * b, n);
    const x = {
      values: Uint8Array.from({ length: size }, () => r.below(256)),
      shape: w.input.shape,
      scale: 1 / 255,
      offset: 0,
    };
    const y =
      w.classes === null
        ? x
        : {
            values: Int32Array.from({ length: n }, () => r.below(w.classes as number)),
            shape: [],
            scale: 1,
            offset: 0,
          };
    const rows = Int32Array.from({ length: n }, (_, i) => i);
    const samples = {
      inputs: new Map([['input', x]]),
      labels: new Map([['loss', y]]),
      parts: { train: rows, validation: new Int32Array(0), test: new Int32Array(0) },
    };
    const steps = variants.map((v: object) => {
      const t = performance.now();
      const s = recordedStep({
        plan,
        trainer: plan.trainers[0],
        network: buildNetwork(plan, { seed: 1 }),
        samples,
        sampleWeights: new Map(),
        ...v,
      });
      if (!s.ok) throw new Error(s.problem.message);
      const t1 = performance.now();
      const b = Array.from({ length: s.value.together?.steps ?? 1 }, (_, i) =>
        rows.subarray((i % 8) * w.batch, ((i % 8) + 1) * w.batch),
      );
      const first = s.value.steps(b);
      console.log(
        w.name,
        JSON.stringify(v),
        'record',
        (t1 - t).toFixed(0),
        'first',
        (performance.now() - t1).toFixed(0),
        first
          .map((q) => q.loss)
          .slice(0, 3)
          .join(),
      );
      return { s: s.value, b, wall: [] as number[], cpu: [] as number[] };
    });
    for (let i = 0; i < rounds; i++)
      for (const t of steps) {
        const [w0, c0] = [performance.now(), process.cpuUsage()];
        let done = 0;
        let last = 0;
        while (done < count) {
          last = t.s.steps(t.b).at(-1).loss;
          done += t.b.length;
        }
        const c = process.cpuUsage(c0);
        t.wall.push(((performance.now() - w0) * 1000) / done);
        t.cpu.push((c.user + c.system) / done);
        t.last = last;
      }
    const med = (v: number[]) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];
    steps.forEach((t: any, i: number) =>
      console.log(
        w.name,
        JSON.stringify(variants[i]),
        'us/step: wall min',
        Math.min(...t.wall).toFixed(0),
        'med',
        med(t.wall).toFixed(0),
        'cpu min',
        Math.min(...t.cpu).toFixed(0),
        'med',
        med(t.cpu).toFixed(0),
        'loss',
        t.last,
      ),
    );
  }
}
void main().then(
  () => process.exit(0),
  (e) => {
    console.error(e);
    process.exit(1);
  },
);
