/** Fields that are typed into. What cannot be read stays in the field, with the reason under it, until the field is left. */
import { useId, useState } from 'react';
import type { TextParameter } from '../../shared/blocks/parameter';
import type { FieldProps } from './fields';
import { fieldText, readValue, sameValue, stepped } from './values';

/** The text of a field while it is typed; the value is set as soon as the text can be read. */
function useTyped({ name, parameter, value, set }: FieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const reading = draft === null ? null : readValue(name, draft, parameter);
  return {
    text: draft ?? fieldText(value, parameter),
    problem: reading && !reading.ok ? reading.message : null,
    write: (text: string) => {
      setDraft(text);
      const read = readValue(name, text, parameter);
      if (read.ok && !sameValue(read.value, value)) set(read.value);
    },
    leave: () => setDraft(null),
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
  const { text, problem, write, leave } = useTyped(props);
  const problemId = useId();
  const onKeyDown = (event: React.KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : null;
    if (direction !== null && typeof value === 'number') {
      event.preventDefault();
      write(String(stepped(value, direction, parameter)));
    } else if (event.key === 'Enter' || event.key === 'Escape') leave();
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
