import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'import', summary: 'Not there yet', examples: [] });
