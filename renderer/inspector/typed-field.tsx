/**
 * Fields that are typed into. What cannot be read stays in the field, with the reason under it, until the field is left;
 * the reason stays until something else is typed.
 */
import { useId, useState } from 'react';
import type { TextParameter } from '../../shared/blocks/parameter';
import type { Json } from '../../shared/document/document';
import type { FieldProps } from './fields';
import { fieldText, readValue, sameValue, stepped } from './values';

/** The text of a field while it is typed; the value is set as soon as the text can be read. */
function useTyped({ name, parameter, value, set }: FieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ message: string; kept: Json } | null>(null);
  const reading = draft === null ? null : readValue(name, draft, parameter);
  const typed = reading && !reading.ok ? reading.message : null;
  return {
    text: draft ?? fieldText(value, parameter),
    problem: typed ?? (refused && sameValue(refused.kept, value) ? refused.message : null),
    write: (text: string) => {
      setDraft(text);
      setRefused(null);
      const read = readValue(name, text, parameter);
      if (read.ok && !sameValue(read.value, value)) set(read.value);
    },
    leave: () => {
      setDraft(null);
      if (typed !== null)
        setRefused({ message: `${typed} ${fieldText(value, parameter)} was kept.`, kept: value });
    },
    giveUp: () => {
      setDraft(null);
      setRefused(null);
    },
  };
}

function FieldProblem({ id, message }: { id: string; message: string | null }) {
  if (message === null) return null;
  return (
    <p id={id} className="field-problem" role="alert">
      {message}
    </p>
  );
}

/** Numbers, lists of numbers, a line of text. */
export function TypedField(props: FieldProps) {
  const { parameter, value, id } = props;
  const { text, problem, write, leave, giveUp } = useTyped(props);
  const problemId = useId();
  const onKeyDown = (event: React.KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : null;
    if (direction !== null && typeof value === 'number') {
      event.preventDefault();
      write(String(stepped(value, direction, parameter)));
    } else if (event.key === 'Enter') leave();
    else if (event.key === 'Escape') giveUp();
  };
  return (
    <div className="typed-field">
      <div className="field">
        <input
          id={id}
          className="num"
          value={text}
          placeholder={parameter.kind === 'text' ? parameter.placeholder : undefined}
          aria-invalid={problem !== null}
          aria-describedby={problem ? problemId : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => write(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        {parameter.unit && <span className="unit">{parameter.unit}</span>}
      </div>
      <FieldProblem id={problemId} message={problem} />
    </div>
  );
}

const LEAST_LINES = 3;
const MOST_LINES = 12;

/** A formula: several lines over the whole width, as tall as what is written. */
export function WrittenField(props: FieldProps<TextParameter>) {
  const { text, problem, write, leave } = useTyped(props);
  const problemId = useId();
  const lines = Math.min(MOST_LINES, Math.max(LEAST_LINES, text.split('\n').length));
  return (
    <div className="typed-field written-field">
      <textarea
        id={props.id}
        className="mono"
        rows={lines}
        value={text}
        placeholder={props.parameter.placeholder}
        aria-invalid={problem !== null}
        aria-describedby={problem ? problemId : undefined}
        spellCheck={false}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={leave}
      />
      <FieldProblem id={problemId} message={problem} />
    </div>
  );
}
