export declare const STOLEN_VERSIONS: Readonly<Record<string, readonly string[]>>;
export declare function nameOf(where: string): string;
export declare function stolenProblems(
  packages: Readonly<Record<string, { readonly version?: string }>>,
): readonly string[];
