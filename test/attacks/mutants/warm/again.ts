/** For Node's module loader: what a file of a bundle imports of that bundle is loaded anew with it, packages are not. */

interface Resolved {
  readonly url: string;
}
type Resolve = (specifier: string, context: { readonly parentURL?: string }) => Promise<Resolved>;

export async function resolve(
  specifier: string,
  context: { readonly parentURL?: string },
  next: Resolve,
): Promise<Resolved> {
  const resolved = await next(specifier, context);
  if (!context.parentURL?.includes('?')) return resolved;
  const folder = new URL('.', context.parentURL).href;
  const { search } = new URL(context.parentURL);
  return resolved.url.startsWith(folder) ? { ...resolved, url: resolved.url + search } : resolved;
}
