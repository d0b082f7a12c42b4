import { type FormEvent, useState } from 'react';
import { Button, FailureBox } from '../../components/parts.tsx';
import { useAct } from '../../use-call.ts';

/** What is typed here goes to the engine and does not come back: an endpoint's address may hold a token. */
export function ProfileForm({ onDone }: { readonly onDone: () => void }) {
  const add = useAct('profiles.add');
  const [values, setValues] = useState({ name: '', endpoints: '', council: '', programId: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const endpoints = values.endpoints.split(/\s+/).filter((text) => text !== '');
    add.mutate({ ...values, endpoints }, { onSuccess: onDone });
  };
  const field = (name: keyof typeof values) => ({
    required: true,
    spellCheck: false,
    value: values[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setValues({ ...values, [name]: event.target.value }),
  });
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        Name
        <input placeholder="live" {...field('name')} />
      </label>
      <label className="field">
        Endpoints, one in a line
        <textarea
          rows={3}
          placeholder="https://… or mainnet-beta, devnet, localhost"
          {...field('endpoints')}
        />
        <small>
          Mainnet wants three of distinct hosts, of which two have to agree before anything is signed. They
          are not shown again.
        </small>
      </label>
      <label className="field">
        Council: the Squads multisig account, not its vault
        <input {...field('council')} />
      </label>
      <label className="field">
        Restaking program
        <input {...field('programId')} />
      </label>
      {add.error && <FailureBox failure={add.error.failure} />}
      <div className="buttons">
        <button type="submit" className="btn primary" disabled={add.isPending}>
          {add.isPending ? 'Asking the endpoints' : 'Add the profile'}
        </button>
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
