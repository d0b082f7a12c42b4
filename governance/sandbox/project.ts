/** The clone: $SIP_PROJECT, which the launchers in tools/ set, or the working folder. */
export const projectRoot = (): string => process.env.SIP_PROJECT ?? process.cwd();
