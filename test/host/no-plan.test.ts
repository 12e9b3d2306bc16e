/** What stands in the way of a run is told in its own words. */
import { expect, it } from 'vitest';
import { compiled } from '../../electron/host/run-freeze';
import { documentOf, templateOf } from '../../shared/architectures/templates';

it('a network without data names the Input that lacks them', () => {
  const template = templateOf('u-net');
  if (!template) throw new Error('there is no U-Net');
  const answer = compiled(documentOf(template));
  expect(answer.ok ? null : answer.problem.code).toBe('data/none');
  expect(answer.ok ? '' : answer.problem.message).toMatch(/^Input has a shape, .* but no data/);
});
