import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'compile', summary: 'Not there yet', examples: [] });
