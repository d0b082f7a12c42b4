import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'council', summary: 'Not there yet', examples: [] });
