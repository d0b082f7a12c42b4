import { Address, Card, Chip, Loaded, Screen } from '../../components/parts.tsx';
import { useView } from '../../use-call.ts';

export function AboutScreen() {
  const view = useView('about.read', {}, { refresh: false });
  return (
    <Screen crumb="Solayer council console" title="About">
      <Loaded view={view}>
        {({ version, runtime, oldRuntime, programs, licence }) => (
          <>
            <Card title="This console">
              <dl className="pad facts">
                <dt>Version</dt>
                <dd>{version}</dd>
                <dt>Runtime</dt>
                <dd>
                  {runtime} {oldRuntime && <Chip tone="warn">! no longer maintained</Chip>}
                  {oldRuntime && (
                    <p className="src">
                      “npm run electron:install” gets the current one where it can be downloaded.
                    </p>
                  )}
                </dd>
                <dt>Licence</dt>
                <dd>{licence}</dd>
              </dl>
            </Card>
            <Card title="Programs of the embedded network" note="SHA-256 of each binary">
              <ul className="plain-list">
                {programs.map(({ name, id, sha256, origin }) => (
                  <li key={name}>
                    <strong>{name}</strong> <Address value={id} />
                    <small>
                      <Address value={sha256} />
                    </small>
                    <small>{origin}</small>
                  </li>
                ))}
              </ul>
            </Card>
          </>
        )}
      </Loaded>
    </Screen>
  );
}
