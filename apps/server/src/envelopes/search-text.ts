import type { EnvelopeAggregate } from '@muhr/envelope'

/**
 * Text as it is compared in a search: without case, width and kind of apostrophe. Folded here and not by
 * the database, whose locale may know no letters beyond ASCII.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ʻʼ‘’`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** What an envelope is found by: its title and the names of its recipients, a line each. */
export function searchText({ envelope, recipients }: EnvelopeAggregate): string {
  return [envelope.title, ...recipients.map(({ name }) => name)].map(foldText).join('\n')
}
