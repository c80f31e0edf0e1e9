/** What an order is remembered by. */
export type GoskeyHandle = {
  /** Number of the order, in digits. */
  readonly key: string
  /** Names of the documents that it was sent with, in their order: what its results are held against. */
  readonly documents: readonly string[]
}
