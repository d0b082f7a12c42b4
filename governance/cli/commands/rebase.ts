import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'rebase', summary: 'Not there yet', examples: [] });
