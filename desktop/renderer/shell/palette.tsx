import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Input, TextField } from 'react-aria-components/TextField';
import type { AppState } from '#desktop/shared/views/index.ts';
import { useAct } from '../use-call.ts';
import { type Command, commandsFor } from './commands.ts';

const LABEL = 'Command, number of a SIP or of a transaction';

/** The commands by name. The focus stays in the field; arrows move through the list and Enter does it. */
export default function Palette(props: {
  readonly state: AppState | undefined;
  readonly onClose: () => void;
}) {
  const { state, onClose } = props;
  const [query, setQuery] = useState('');
  const warp = useAct('network.warp');
  const theme = useAct('theme.choose');
  const commands = commandsFor(query, state?.network?.ephemeral === true, {
    warp: (seconds) => warp.mutate({ seconds }),
    theme: (chosen) => theme.mutate({ theme: chosen }),
  });
  const run = (command: Command | undefined) => {
    onClose();
    command?.run();
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => open || onClose()} className="palette-back">
      <Modal className="palette">
        <Dialog aria-label="Commands">
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField aria-label={LABEL} autoFocus className="field">
              <Input
                role="combobox"
                aria-expanded="true"
                placeholder={LABEL}
                // Enter does what is the only or the first answer, chosen by arrows or not.
                onKeyDown={(event) => {
                  const none = !event.currentTarget.getAttribute('aria-activedescendant');
                  if (event.key === 'Enter' && none) run(commands[0]);
                }}
              />
            </TextField>
            <ListBox
              aria-label="Commands"
              className="commands"
              renderEmptyState={() => <p>No command of that name.</p>}
            >
              {commands.map((command) => (
                <ListBoxItem
                  key={command.name}
                  id={command.name}
                  textValue={command.name}
                  className="nav"
                  onAction={() => run(command)}
                >
                  {command.name}
                </ListBoxItem>
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
