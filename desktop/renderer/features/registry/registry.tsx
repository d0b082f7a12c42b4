import type { Registry } from '#desktop/shared/views/index.ts';
import { Address, Card, Chip, Empty, Loaded, Screen } from '../../components/parts.tsx';
import { stateText, toneOf } from '../../components/states.ts';
import { SipLink } from '../../components/value.tsx';
import { amountText } from '../../format.ts';
import { useView } from '../../use-call.ts';

/** What the program holds, each row with the SIP that made it so. */
export function RegistryScreen() {
  const view = useView('registry.read', {});
  return (
    <Screen crumb="Restaking program" title="Registry">
      <Loaded view={view}>
        {({ pools, operators, roles }) => (
          <>
            <Pools pools={pools} />
            <Operators operators={operators} />
            <Roles roles={roles} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

const Head = ({ names }: { readonly names: readonly string[] }) => (
  <thead>
    <tr>
      {names.map((name) => (
        <th key={name} scope="col">
          {name}
        </th>
      ))}
    </tr>
  </thead>
);

const Pools = ({ pools }: Pick<Registry, 'pools'>) => (
  <Card title="Restaking pools" note={`${pools.length} whitelisted`}>
    {pools.length === 0 ? (
      <Empty title="No LST is whitelisted yet">SIP-2 whitelists the first four.</Empty>
    ) : (
      <div className="scroll">
        <table className="table">
          <Head names={['LST', 'Mint', 'Status', 'Deposited of cap', 'SIP']} />
          <tbody>
            {pools.map(({ symbol, mint, pool, status, decimals, cap, deposited, sip }) => (
              <tr key={pool}>
                <td className="name">{symbol}</td>
                <td>
                  <Address value={mint} />
                </td>
                <td>
                  <Chip tone={toneOf(status)}>{stateText(status)}</Chip>
                </td>
                <td className="num">
                  {amountText(deposited, decimals)} of {cap === null ? 'no limit' : amountText(cap, decimals)}
                </td>
                <td>
                  <SipLink sip={sip} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Card>
);

const Operators = ({ operators }: Pick<Registry, 'operators'>) => (
  <Card title="Operators" note={`${operators.length} whitelisted`}>
    {operators.length === 0 ? (
      <Empty title="No operator is whitelisted yet">SIP-3 whitelists the launch operators.</Empty>
    ) : (
      <div className="scroll">
        <table className="table">
          <Head names={['Name', 'Vote account', 'Status', 'SIP']} />
          <tbody>
            {operators.map(({ name, voteAccount, status, sip }) => (
              <tr key={voteAccount}>
                <td className="name">{name}</td>
                <td>
                  <Address value={voteAccount} />
                </td>
                <td>
                  <Chip tone={toneOf(status)}>{stateText(status)}</Chip>
                </td>
                <td>
                  <SipLink sip={sip} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Card>
);

const Roles = ({ roles }: Pick<Registry, 'roles'>) => (
  <Card title="Roles">
    <div className="scroll">
      <table className="table">
        <Head names={['Role', 'Key', 'Can', 'Cannot']} />
        <tbody>
          {roles.map(({ role, key, can, cannot }) => (
            <tr key={role}>
              <td className="name">{role}</td>
              <td>{key === null ? 'nobody' : <Address value={key} />}</td>
              <td>{can}</td>
              <td>{cannot}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </Card>
);
