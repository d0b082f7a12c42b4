import { defineCommand } from '../command.ts';

export const command = defineCommand({ name: 'profile', summary: 'Not there yet', examples: [] });
