export declare function secondOpinion(): Promise<string>;
export declare function testSecondOpinion(): Promise<void>;
