import { expect, it } from 'vitest';
import { droppedAs } from '../../shared/protocol/dropped-file';

it('a dropped file is a project or a table by its ending, however it is written', () => {
  expect(droppedAs('xor.axon')).toBe('project');
  expect(droppedAs('/home/ada/plants.2024.CSV')).toBe('table');
  expect(droppedAs('plants.tsv')).toBe('table');
  for (const name of ['picture.png', 'csv', '/data.csv/notes', 'model.axon.zip'])
    expect(droppedAs(name), name).toBeNull();
});
