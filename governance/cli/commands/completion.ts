import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'completion', summary: 'Not there yet', examples: [] });
