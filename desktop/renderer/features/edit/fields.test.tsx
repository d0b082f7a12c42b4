// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { field } from '#desktop/shared/views/index.ts';
import type { AnyActionModule } from '#governance/actions/action.ts';
import { ACTIONS } from '#governance/actions/registry.ts';
import { checkValues } from '#governance/sip/edit-block.ts';
import { Fields } from './fields.tsx';

afterEach(cleanup);

type Values = Readonly<Record<string, unknown>>;
const MODULES: readonly AnyActionModule[] = ACTIONS;

function show(module: AnyActionModule, start: Values, onChange = vi.fn()) {
  const fields = module.fields.map((one) => field.parse(one));
  function Form() {
    const [values, setValues] = useState(start);
    const change = (next: Record<string, unknown>) => {
      onChange(next);
      setValues(next);
    };
    const problems = checkValues({ kind: module.kind, values });
    return <Fields fields={fields} values={values} problems={problems} path="" onChange={change} />;
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Form />
    </QueryClientProvider>,
  );
  return onChange;
}

it.each(MODULES.map((module) => [module.kind, module] as const))(
  '%s: every field of the library is drawn, and its example has no fault',
  (_, module) => {
    show(module, module.example as Values);
    for (const { label } of module.fields)
      expect(screen.getAllByText(new RegExp(`^${label}`)).length).toBeGreaterThan(0);
    expect(screen.queryAllByRole('alert')).toEqual([]);
  },
);

const named = (kind: string) => MODULES.find((module) => module.kind === kind)!;

it('says beside the field what its value lacks, and leaves an emptied one out', () => {
  const onChange = show(named('set-pool-cap'), named('set-pool-cap').example as Values);
  const cap = screen.getByLabelText(/^Cap|New cap/);
  fireEvent.change(cap, { target: { value: '1e5' } });
  expect(screen.getByRole('alert').textContent).toContain('plain decimal');
  fireEvent.change(cap, { target: { value: '' } });
  expect(onChange.mock.lastCall?.[0]).not.toHaveProperty('cap');
});

it('a whole number becomes a number, and a list grows and shrinks', () => {
  const module = named('schedule-epoch');
  const onChange = show(module, { ...(module.example as Values), caps: [] });
  fireEvent.change(screen.getByLabelText('Epoch'), { target: { value: '12' } });
  expect(onChange.mock.lastCall?.[0]).toMatchObject({ index: 12 });
  fireEvent.click(screen.getByRole('button', { name: 'Add to caps' }));
  expect(onChange.mock.lastCall?.[0]).toMatchObject({ caps: [{}] });
  fireEvent.click(screen.getByRole('button', { name: 'Remove from caps' }));
  expect(onChange.mock.lastCall?.[0]).toMatchObject({ caps: [] });
});
