/**
 * Fixed places in the memory of a module.
 * @module
 */

/** Hands out addresses, each a multiple of 16, and remembers them by name. */
export class Layout {
  readonly #places = new Map<string, { readonly address: number; readonly byteLength: number }>()
  #end: number

  constructor(start: number) {
    this.#end = start
  }

  /** First free address. */
  get end(): number {
    return this.#end
  }

  /** Address and size of each named place. */
  get places(): ReadonlyMap<string, { readonly address: number; readonly byteLength: number }> {
    return this.#places
  }

  /** The address of a named place; the same name gives the same place. */
  place(name: string, byteLength: number): number {
    const known = this.#places.get(name)
    if (known !== undefined) {
      if (known.byteLength !== byteLength) throw new Error(`${name} has two sizes`)

      return known.address
    }
    const address = this.#end
    this.#places.set(name, { address, byteLength })
    this.#end += Math.ceil(byteLength / 16) * 16

    return address
  }
}
