import { PkiError } from '../error.ts'

type Libxml2 = typeof import('libxml2-wasm')

let loaded: Libxml2 | undefined

/**
 * Loads libxml2 (a megabyte of WebAssembly) when the first XML document is opened, and not before.
 * Throws `xml.no-engine` where WebAssembly is not to be had.
 */
export const loadLibxml2 = async (): Promise<Libxml2> => {
  try {
    loaded ??= await import('libxml2-wasm')
    return loaded
  } catch (cause) {
    throw new PkiError({
      code: 'xml.no-engine',
      message: 'libxml2 cannot be loaded, so no XML can be read.',
      cause,
    })
  }
}

/** libxml2, of which a document is open: whoever holds a node has loaded it. */
export const libxml2 = (): Libxml2 => {
  if (loaded === undefined) {
    throw new Error('libxml2 is not loaded yet')
  }
  return loaded
}
