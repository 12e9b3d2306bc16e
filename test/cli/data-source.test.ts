/** What `--data` means beside the project's own data block. */
import { expect, it } from 'vitest';
import { readAs, withWay } from '../../electron/cli/data-source';
import { fail } from '../../shared/result';

const own = { type: 'CSVTable', params: { path: 'own.csv', missing: 'mean', target: 'kind' } };

it('a plain table takes the settings of the project’s table; what it names itself goes first', () => {
  expect(readAs(own, { type: 'CSVTable', params: { path: '/plants.csv', missing: 'drop' } })).toEqual({
    type: 'CSVTable',
    params: { path: '/plants.csv', missing: 'drop', target: 'kind' },
  });
});

it('another kind of data stays as it is', () => {
  const moons = { type: 'ToyData', params: { shape: 'moons' } };
  expect(readAs(own, moons)).toBe(moons);
  expect(readAs({ type: 'ToyData', params: { count: 9 } }, moons)).toBe(moons);
});

it('the error of empty cells names the way on the command line', () => {
  const empty = fail('data/missing', 'Column a has no value in row 2.');
  const said = (text: string) => {
    const answer = withWay(empty, text);
    return answer.ok ? '' : answer.problem.message;
  };
  expect(said('plants.csv')).toContain('plants.csv?missing=mean');
  expect(said('plants.csv?target=kind')).toContain('plants.csv?target=kind&missing=drop');
  expect(said('plants.csv?missing=refuse')).toBe('Column a has no value in row 2.');
});
