/** Name of whoever decided: as given, else the reader's own when it is the reader, else the word. */
export function deciderName(
  decision: {
    readonly name?: string | undefined
    readonly actor?:
      | { readonly id?: string | undefined; readonly name?: string | undefined }
      | undefined
  },
  options: {
    readonly self: { readonly id: string; readonly name: string } | undefined
    readonly otherwise: string
  },
): string {
  const { self } = options
  const name = decision.name ?? decision.actor?.name

  if (name !== undefined && name !== '') return name

  return self !== undefined && decision.actor?.id === self.id ? self.name : options.otherwise
}
