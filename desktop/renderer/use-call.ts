import { type QueryClient, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallName, Request, Response } from '#desktop/shared/contract.ts';
import { type CallFailed, call } from './bridge.ts';

/** The chain is asked again this often while a screen shows it. */
const REFRESH_MS = 1_500;

/** While something is about to be there. */
const SOON_MS = 100;

const keyOf = <N extends CallName>(name: N, request: Request<N>) => [name, request] as const;

/** A view as a screen has read it last; undefined where none has. */
export const seenView = <N extends CallName>(
  client: QueryClient,
  name: N,
  request: Request<N>,
): Response<N> | undefined => client.getQueryData<Response<N>>(keyOf(name, request));

/** Reads a view and keeps it fresh; the last one stays while a newer is fetched. */
export function useView<N extends CallName>(
  name: N,
  request: Request<N>,
  options: { refresh?: boolean; fresh?: boolean; soon?: (view: Response<N>) => boolean } = {},
) {
  return useQuery<Response<N>, CallFailed>({
    queryKey: keyOf(name, request),
    queryFn: () => call(name, request),
    refetchInterval: ({ state: { data } }) => {
      if (options.refresh === false) return false;
      return data !== undefined && options.soon?.(data) ? SOON_MS : REFRESH_MS;
    },
    placeholderData: (before) => before,
    // What was read before is not shown first: it is edited from here on.
    ...(options.fresh && { gcTime: 0, staleTime: 0, placeholderData: undefined }),
    retry: false,
  });
}

/** Reads several views of one kind and keeps them fresh: those that are there, and what went wrong with the first that is not. */
export function useViews<N extends CallName>(name: N, requests: readonly Request<N>[]) {
  return useQueries({
    queries: requests.map((request) => ({
      queryKey: keyOf(name, request),
      queryFn: () => call(name, request),
      refetchInterval: REFRESH_MS,
      retry: false,
    })),
    combine: (found) => ({
      data: found.flatMap(({ data }) => (data === undefined ? [] : [data as Response<N>])),
      error: (found.find(({ error }) => error !== null)?.error ?? null) as CallFailed | null,
    }),
  });
}

/** Asks for something to be done; afterwards everything shown is read again. */
export function useAct<N extends CallName>(name: N) {
  const client = useQueryClient();
  return useMutation<Response<N>, CallFailed, Request<N>>({
    mutationFn: (request) => call(name, request),
    onSettled: () => client.invalidateQueries(),
  });
}
