// @vitest-environment jsdom
/** A value that is refused: the person reads why, also after the field is left. */
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { TypedField } from '../../renderer/inspector/typed-field';
import { definitionOf } from '../../shared/blocks/catalogue';
import type { Json } from '../../shared/document/document';

afterEach(cleanup);

/** The field of Adam's learning rate, which is 0.001; what was set is listed. */
function rateField(): { field: HTMLElement; set: Json[] } {
  const parameter = definitionOf('Adam')?.parameters.learning_rate;
  if (!parameter) throw new Error('Adam has no learning_rate');
  const set: Json[] = [];
  render(
    <TypedField
      block="adam"
      name="learning_rate"
      id="rate"
      parameter={parameter}
      value={0.001}
      set={(value) => set.push(value)}
    />,
  );
  return { field: screen.getByRole('textbox'), set };
}

describe('a learning rate that cannot be', () => {
  it.each(['0', 'abc'])('%s is refused, and the reason stays when the field is left', (text) => {
    const { field, set } = rateField();
    fireEvent.change(field, { target: { value: text } });
    const whileTyping = screen.getByRole('alert').textContent;
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.blur(field);
    expect(screen.getByRole('alert').textContent).toBe(`${whileTyping} 0.001 was kept.`);
    expect(field).toHaveProperty('value', '0.001');
    expect(set).toEqual([]);
    fireEvent.change(field, { target: { value: '0.01' } });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(set).toEqual([0.01]);
  });

  it('is given up with Escape, without a word', () => {
    const { field } = rateField();
    fireEvent.change(field, { target: { value: 'abc' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
