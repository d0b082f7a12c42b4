/** Transactions of a page of the list: what an endpoint gives with one request, a transaction and its proposal each. */
export const PAGE_LENGTH = 50;
