import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'config', summary: 'Not there yet', examples: [] });
