import { useId } from 'react';
import type { FieldView } from '#desktop/shared/views/index.ts';
import { momentText } from '../../format.ts';

type PlainField = Exclude<FieldView, { kind: 'list' }>;

interface Props {
  readonly field: PlainField;
  readonly value: unknown;
  readonly problem: string | undefined;
  readonly onChange: (value: unknown) => void;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** One value of an action, as the text will have it. An empty one that may be missing is left out. */
export function Input({ field, value, problem, onChange }: Props) {
  const id = useId();
  const { label, help, optional } = field;
  const said = value === undefined || value === '' ? undefined : problem;
  if (field.kind === 'flag')
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked ? true : undefined)}
        />
        <span>
          {label}
          <small>{help}</small>
        </span>
      </label>
    );
  const shared = {
    id,
    'aria-describedby': `${id}-help`,
    'aria-invalid': said !== undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="src"> (may be left out)</span>}
      </label>
      {field.kind === 'choice' ? (
        <select
          {...shared}
          value={textOf(value)}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          <option value="">Choose</option>
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          spellCheck={false}
          inputMode={field.kind === 'whole' ? 'numeric' : undefined}
          placeholder={placeholderOf(field)}
          value={textOf(value)}
          onChange={(event) => onChange(typedValue(field, event.target.value))}
        />
      )}
      <small id={`${id}-help`}>
        {help}
        {typeof value === 'string' && TIME.test(value) && ` ${momentText(Date.parse(value) / 1000)}.`}
      </small>
      {said !== undefined && (
        <small className="wrong" role="alert">
          {said}
        </small>
      )}
    </div>
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function typedValue(field: PlainField, typed: string): unknown {
  if (typed === '') return undefined;
  return field.kind === 'whole' && /^(0|[1-9]\d{0,9})$/.test(typed) ? Number(typed) : typed.trim();
}

function placeholderOf(field: PlainField): string {
  switch (field.kind) {
    case 'address':
      return field.orNone ? 'an address, or none' : 'an address, 32 to 44 characters';
    case 'amount':
      return '250000 or unlimited';
    case 'time':
      return field.orNone ? '2026-12-15T00:00:00Z, or none' : '2026-12-15T00:00:00Z';
    case 'whole':
      return `${field.min} to ${field.max}`;
    default:
      return '';
  }
}
