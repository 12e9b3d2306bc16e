/** Python opens what a run leaves, and the engine opens what Python writes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../electron/engine/files/npy';
import { readSafetensors, writeSafetensors } from '../../electron/engine/files/safetensors';
import { lacks, peerPython } from '../environment';

const python = (code: string, ...args: string[]): unknown =>
  JSON.parse(execFileSync(peerPython ?? '', ['-c', code, ...args], { encoding: 'utf8' }));

describe.skipIf(lacks('Python with NumPy and safetensors', peerPython !== null))(
  'files beside Python',
  () => {
    let folder: string;
    beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-peer-'))));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('numpy.load reads what writeNpy wrote', async () => {
      const file = path.join(folder, 'ours.npy');
      await writeNpy(file, Float32Array.of(1, 2.5, -3, 4, 5, 1e-20), [3, 2]);
      expect(
        python(
          'import sys,json,numpy as n; a=n.load(sys.argv[1]); print(json.dumps([str(a.dtype), a.shape, a.tolist()]))',
          file,
        ),
      ).toEqual([
        'float32',
        [3, 2],
        [
          [1, 2.5],
          [-3, 4],
          [5, Math.fround(1e-20)],
        ],
      ]);
    });

    it('readNpy reads what numpy.save wrote', () => {
      const file = path.join(folder, 'theirs.npy');
      python(
        'import sys,numpy as n; n.save(sys.argv[1], n.arange(24, dtype="float32").reshape(2,3,4)/7); print(1)',
        file,
      );
      expect(readNpy(file)).toEqual({
        ok: true,
        value: { shape: [2, 3, 4], values: Float32Array.from({ length: 24 }, (_, i) => i / 7) },
      });
      python(
        'import sys,numpy as n; n.save(sys.argv[1], n.asfortranarray(n.ones((2,3), "float32"))); print(1)',
        file,
      );
      expect(readNpy(file).ok).toBe(false);
    });

    it('safetensors reads what writeSafetensors wrote', async () => {
      const file = path.join(folder, 'ours.safetensors');
      await writeSafetensors(
        file,
        new Map([
          ['bytes', { dtype: 'U8', shape: [3], values: Uint8Array.of(1, 2, 255) }],
          ['dense/kernel', { dtype: 'F32', shape: [2, 2], values: Float32Array.of(0.5, -1, 2, 3) }],
          ['step', { dtype: 'I32', shape: [], values: Int32Array.of(-9) }],
        ]),
        { epoch: '12', note: 'grün' },
      );
      const code = `
import sys, json
from safetensors import safe_open
with safe_open(sys.argv[1], framework="np") as f:
    print(json.dumps([f.metadata(), {k: [str(f.get_tensor(k).dtype), f.get_tensor(k).tolist()] for k in sorted(f.keys())}]))`;
      expect(python(code, file)).toEqual([
        { epoch: '12', note: 'grün' },
        {
          bytes: ['uint8', [1, 2, 255]],
          'dense/kernel': [
            'float32',
            [
              [0.5, -1],
              [2, 3],
            ],
          ],
          step: ['int32', -9],
        },
      ]);
    });

    it('readSafetensors reads what safetensors wrote', () => {
      const file = path.join(folder, 'theirs.safetensors');
      const code = `
import sys, numpy as n
from safetensors.numpy import save_file
save_file({"b": n.arange(5, dtype="uint8"), "a": n.arange(6, dtype="float32").reshape(2,3), "i": n.array([[-1]], dtype="int32")}, sys.argv[1], {"k": "v"})
print(1)`;
      python(code, file);
      const read = readSafetensors(file);
      if (!read.ok) throw new Error(read.problem.message);
      expect(read.value.metadata).toEqual({ k: 'v' });
      expect(read.value.tensors.get('a')).toEqual({
        dtype: 'F32',
        shape: [2, 3],
        values: Float32Array.of(0, 1, 2, 3, 4, 5),
      });
      expect(read.value.tensors.get('b')).toEqual({
        dtype: 'U8',
        shape: [5],
        values: Uint8Array.of(0, 1, 2, 3, 4),
      });
      expect(read.value.tensors.get('i')).toEqual({ dtype: 'I32', shape: [1, 1], values: Int32Array.of(-1) });
    });
  },
);
