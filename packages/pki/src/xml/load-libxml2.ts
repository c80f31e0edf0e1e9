type Libxml2 = typeof import('libxml2-wasm')

let loaded: Libxml2 | undefined

/** Loads libxml2 (a megabyte of WebAssembly) when the first XML document is opened, and not before. */
export const loadLibxml2 = async (): Promise<Libxml2> => {
  loaded ??= await import('libxml2-wasm')
  return loaded
}

/** libxml2, of which a document is open: whoever holds a node has loaded it. */
export const libxml2 = (): Libxml2 => {
  if (loaded === undefined) {
    throw new Error('libxml2 is not loaded yet')
  }
  return loaded
}
