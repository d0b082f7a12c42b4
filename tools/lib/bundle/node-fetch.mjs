// In the bundle this stands for node-fetch 2: the platform's own fetch, and no deprecated punycode behind it.
export const { Headers, Request, Response } = globalThis;
export const fetch = (...args) => globalThis.fetch(...args);
export default Object.assign(fetch, { Headers, Request, Response, default: fetch });
