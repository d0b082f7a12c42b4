import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'new', summary: 'Not there yet', examples: [] });
