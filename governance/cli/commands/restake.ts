export { restakeCommand as command } from '../deposit-command.ts';
