import type { FieldView } from '#desktop/shared/views/index.ts';
import { Button } from '../../components/parts.tsx';
import { Input } from './input.tsx';
import { MintFacts } from './mint-facts.tsx';

type Values = Readonly<Record<string, unknown>>;

interface Props {
  readonly fields: readonly FieldView[];
  readonly values: Values;
  /** By path from the action: `cap`, `caps.0.mint`. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** Of these fields: empty, or `caps.0.` for those of a list's first entry. */
  readonly path: string;
  readonly onChange: (values: Record<string, unknown>) => void;
}

/** Fields in their order; an LST's mint among them fills in what the chain knows of it. */
export function Fields({ fields, values, problems, path, onChange }: Props) {
  const set = (name: string, value: unknown) => onChange(withValue(values, name, value));
  const messageOf = (name: string) => problems.find((one) => one.path === `${path}${name}`)?.message;
  const ofLst = fields.some(({ kind, name }) => kind === 'address' && name === 'mint');
  return (
    <>
      {fields.map((field) =>
        field.kind === 'list' ? (
          <List
            key={field.name}
            field={field}
            entries={Array.isArray(values[field.name]) ? (values[field.name] as Values[]) : []}
            problems={problems}
            path={`${path}${field.name}.`}
            onChange={(entries) => set(field.name, entries)}
          />
        ) : (
          <Input
            key={field.name}
            field={field}
            value={values[field.name]}
            problem={messageOf(field.name)}
            onChange={(value) => set(field.name, value)}
          />
        ),
      )}
      {ofLst && (
        <MintFacts fields={fields} values={values} onFill={(known) => onChange({ ...values, ...known })} />
      )}
    </>
  );
}

interface ListProps {
  readonly field: Extract<FieldView, { kind: 'list' }>;
  readonly entries: readonly Values[];
  readonly problems: Props['problems'];
  readonly path: string;
  readonly onChange: (entries: readonly Values[]) => void;
}

function List({ field, entries, problems, path, onChange }: ListProps) {
  return (
    <fieldset className="list-field">
      <legend>{field.label}</legend>
      <small>{field.help}</small>
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the list
        <div className="entry" key={at}>
          <Fields
            fields={field.of}
            values={entry}
            problems={problems}
            path={`${path}${at}.`}
            onChange={(values) => onChange(entries.with(at, values))}
          />
          <div>
            <Button size="small" onPress={() => onChange(entries.toSpliced(at, 1))}>
              Remove from {field.label.toLowerCase()}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button size="small" onPress={() => onChange([...entries, {}])}>
          Add to {field.label.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  );
}

/** A value that is undefined is left out of the text. */
function withValue(values: Values, name: string, value: unknown): Record<string, unknown> {
  const { [name]: _, ...others } = values;
  if (value === undefined) return others;
  return name in values ? { ...values, [name]: value } : { ...others, [name]: value };
}
