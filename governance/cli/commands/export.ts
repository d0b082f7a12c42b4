import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'export', summary: 'Not there yet', examples: [] });
