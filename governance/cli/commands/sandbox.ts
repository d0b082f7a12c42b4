import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'sandbox', summary: 'Not there yet', examples: [] });
