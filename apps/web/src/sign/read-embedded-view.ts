import type { SignerView } from './view.ts'

/** Id of the data block that the server may put beside its text, so that no fetch is needed first. */
export const embeddedViewId = 'muhr-view'

/** The view that the server embedded in the page, if it did. */
export function readEmbeddedView(page: Document): SignerView | undefined {
  const block = page.getElementById(embeddedViewId)

  if (block === null || block.textContent === null || block.textContent === '') return undefined

  try {
    return JSON.parse(block.textContent) as SignerView
  } catch {
    return undefined
  }
}
