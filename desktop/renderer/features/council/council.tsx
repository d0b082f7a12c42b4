import type { CouncilView } from '#desktop/shared/views/index.ts';
import { Address, Card, Chip, Loaded, Screen } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { POSTURE_SIGNS } from '../../components/states.ts';
import { Value } from '../../components/value.tsx';
import { durationText, solText } from '../../format.ts';
import { hrefOf } from '../../router.tsx';
import { useView } from '../../use-call.ts';

/** Who decides, and how hard they are to capture. */
export function CouncilScreen() {
  const view = useView('council.read', {});
  const { data } = view;
  const voters = data?.members.filter(({ permissions }) => permissions.includes('vote')).length;
  return (
    <Screen
      crumb="Squads multisig"
      title="Council"
      meta={
        data && (
          <>
            <span>
              {data.threshold} of {voters} voters decide
            </span>
            <span>Time lock {durationText(data.timeLockSeconds)}</span>
            <span>{data.configAuthority === null ? 'No config authority' : 'A config authority exists'}</span>
            <span>The vault has {solText(data.vaultLamports)}</span>
          </>
        )
      }
    >
      <Loaded view={view}>
        {({ members, posture, steps, loose, pending, address, vault, membersHash }) => (
          <>
            {pending.map((one) => (
              <Pending key={one.transactionIndex} change={one} />
            ))}
            <Card title="Posture" note={postureNote(posture)}>
              <ul className="gates">
                {[...posture].sort(byUrgency).map(({ level, code, message, remedy }) => (
                  <li key={code}>
                    <span
                      className={`sym ${POSTURE_SIGNS[level][1]}`}
                      role="img"
                      aria-label={POSTURE_SIGNS[level][2]}
                    >
                      {POSTURE_SIGNS[level][0]}
                    </span>
                    <div>
                      <Sentence text={message} />
                      {remedy !== '' && <small>{remedy}</small>}
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
            {loose.length > 0 && <Loose loose={loose} />}
            <Card title="Members">
              <div className="scroll">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">Seat</th>
                      <th scope="col">Key</th>
                      <th scope="col">May</th>
                    </tr>
                  </thead>
                  <tbody>
                    {members.map(({ publicKey, name, permissions }) => (
                      <tr key={publicKey}>
                        <td className="name">{name}</td>
                        <td>
                          <Address value={publicKey} />
                        </td>
                        <td>
                          {permissions.map((permission) => (
                            <Chip key={permission}>{permission}</Chip>
                          ))}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Card>
            <SetUp steps={steps} />
            <Card title="Addresses">
              <dl className="pad facts">
                <dt>Council (multisig)</dt>
                <dd>
                  <Address value={address} />
                </dd>
                <dt>Vault 0, the program’s authority</dt>
                <dd>
                  <Address value={vault} />
                </dd>
                <dt>Hash of the members</dt>
                <dd>
                  <Address value={membersHash} />
                </dd>
              </dl>
            </Card>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

/** What asks for something comes first; the rest is what the list of a healthy council looks like. */
const URGENCY = ['error', 'unknown', 'warning', 'ok'];

function postureNote(posture: CouncilView['posture']): string {
  const count = (...levels: readonly string[]) =>
    posture.filter(({ level }) => levels.includes(level)).length;
  const weak = count('error');
  const told = count('warning', 'unknown');
  if (weak + told === 0) return 'nothing to do';
  return [weak > 0 && `${weak} weak`, told > 0 && `${told} to know`].filter(Boolean).join(', ');
}

const byUrgency = (a: CouncilView['posture'][number], b: CouncilView['posture'][number]) =>
  URGENCY.indexOf(a.level) - URGENCY.indexOf(b.level);

const STATES = {
  done: ['✓', 'ok', 'done'],
  begun: ['…', 'warn', 'begun'],
  missing: ['–', 'warn', 'missing'],
  mismatch: ['✕', 'bad', 'not as it should be'],
} as const;

/** The command line sets a deployment up: its keys are never the window's. */
function SetUp({ steps }: Pick<CouncilView, 'steps'>) {
  const done = steps.filter(({ state }) => state === 'done').length;
  return (
    <Card title="Set-up" note={`${done} of ${steps.length} done`}>
      <ul className="gates">
        {steps.map(({ name, state, detail, address }) => (
          <li key={name}>
            <span className={`sym ${STATES[state][1]}`} role="img" aria-label={STATES[state][2]}>
              {STATES[state][0]}
            </span>
            <div>
              {name}
              <small>
                <Sentence text={detail} />
                {state !== 'done' && '; “sip setup apply” goes on from here'}
              </small>
              {address !== null && <Address value={address} />}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Loose({ loose }: Pick<CouncilView, 'loose'>) {
  return (
    <Card title="Approved and not executed" note="each can still be run">
      <ul className="gates">
        {loose.map(({ transactionIndex, stale, what, remedy }) => (
          <li key={transactionIndex}>
            <span
              className={`sym ${stale ? 'bad' : 'warn'}`}
              role="img"
              aria-label={stale ? 'approved before the council changed' : 'open'}
            >
              {stale ? '✕' : '!'}
            </span>
            <div>
              <Sentence text={what} />
              <small>
                {remedy}{' '}
                <a href={hrefOf({ screen: 'proposal', transactionIndex, tab: 'votes' })}>Its votes</a>
              </small>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A change of the council itself is no SIP: whoever approves one changes who decides every SIP after it. */
function Pending({ change }: { readonly change: CouncilView['pending'][number] }) {
  const { transactionIndex, state, changes } = change;
  return (
    <Card
      title={`Transaction ${transactionIndex} would change the council`}
      note={<Chip tone="warn">! {state}</Chip>}
    >
      {changes === null ? (
        <p className="pad" role="alert">
          Its bytes cannot be read. Nobody should approve it.
        </p>
      ) : (
        <dl className="pad facts">
          {changes.map(({ label, value }) => (
            <div className="fact" key={`${label}${value}`}>
              <dt>{label}</dt>
              <dd>
                <Value text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="pad src">
        The console never approves it; whoever may vote can{' '}
        <a href={hrefOf({ screen: 'proposal', transactionIndex, tab: 'effect' })}>
          see what it would leave, and stop it
        </a>
        .
      </p>
    </Card>
  );
}
