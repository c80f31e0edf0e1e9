/** Filters of the list, as they stand in the address. */
export const listTabs = ['attention', 'sent', 'completed', 'draft'] as const
export type ListTab = (typeof listTabs)[number]
export type ListSearch = { readonly state?: ListTab; readonly q?: string }

/** Reads the filters out of an address; what it does not know is no filter. */
export function readListSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  const state = listTabs.find((tab) => tab === search['state'])
  const q = typeof search['q'] === 'string' ? search['q'].trim().slice(0, 200) : ''

  return { ...(state === undefined ? {} : { state }), ...(q === '' ? {} : { q }) }
}
