export { unrestakeCommand as command } from '../deposit-command.ts';
