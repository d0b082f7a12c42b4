import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'lint', summary: 'Not there yet', examples: [] });
