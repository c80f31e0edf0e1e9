/**
 * Instantiates a WebAssembly module that stands inside a generated TypeScript file: no path, no fetch
 * and no plug-in of a bundler, the same in Node and in a browser, and without waiting.
 * @module
 */
import { type GostBackend, giveUpWasm, gostBackend } from './backend.ts'
import { octetsOfBase64 } from './base64.ts'
import { unpack } from './unpack.ts'

/** What a module may use beyond WebAssembly 1.0; each needs an engine that has it. */
export type WasmVariant = 'relaxed-simd' | 'simd'

/** One module as `npm run build` writes it to `*.wasm.ts`. */
export type WasmImage = {
  readonly name: string
  /** SHA-256, hexadecimal, over the AssemblyScript of all variants and the compiler's name and flags. */
  readonly sourceSha256: string
  /** Octets of code of each variant that was built, in the order in which they stand in `code`. */
  readonly variants: Readonly<Partial<Record<WasmVariant, number>>>
  /** Whether `code` is in the form of `unpack-layout.ts`. */
  readonly isPacked: boolean
  /** Code of all variants, one behind the other, in base64. */
  readonly code: string
}

export type LoadedModule<Exports> = {
  readonly exports: Exports
  /** The linear memory, which never grows: the view stays good. */
  readonly memory: Uint8Array<ArrayBuffer>
}

/** A relaxed engine also runs the plain variant, where no other was built. */
const VARIANTS_OF: Readonly<Record<GostBackend, readonly WasmVariant[]>> = {
  'wasm-relaxed-simd': ['relaxed-simd', 'simd'],
  'wasm-simd': ['simd'],
  typescript: [],
}

const loaded = new WeakMap<WasmImage, Map<string, LoadedModule<unknown>>>()
const compiled = new WeakMap<WasmImage, Map<GostBackend, WebAssembly.Module>>()

/**
 * The one instance of a module in this thread for the backend in use (`gostBackend`), made at the
 * first call; with a `purpose`, one instance for each. `undefined`: compute in TypeScript. An engine
 * that has the features and still refuses the code (size limits of old browsers, no memory) turns
 * every part of the room to TypeScript. The caller runs its known answers before it gives out a result.
 */
export function loadModule<Exports>(
  image: WasmImage,
  { purpose = '' }: { readonly purpose?: string } = {},
): LoadedModule<Exports> | undefined {
  const backend = gostBackend()
  if (backend === 'typescript') return undefined
  const instances = loaded.get(image) ?? new Map<string, LoadedModule<unknown>>()
  loaded.set(image, instances)
  const key = `${backend} ${purpose}`
  const known = instances.get(key)
  if (known !== undefined) return known as LoadedModule<Exports>
  try {
    const made = instantiate<Exports>(codeOf(image, backend))
    instances.set(key, made)

    return made
  } catch {
    giveUpWasm()

    return undefined
  }
}

/** The code of one variant, `undefined` where it was not built. */
export function octetsOf(
  image: WasmImage,
  variant: WasmVariant,
): Uint8Array<ArrayBuffer> | undefined {
  let start = 0
  for (const [name, length] of Object.entries(image.variants)) {
    if (name === variant) {
      const octets = octetsOfBase64(image.code)
      const end = start + length

      return (image.isPacked ? unpack(octets, end) : octets).slice(start, end)
    }
    start += length
  }

  return undefined
}

/** The compiled code of an image, made once for all its instances. */
function codeOf(image: WasmImage, backend: GostBackend): WebAssembly.Module {
  const codes = compiled.get(image) ?? new Map<GostBackend, WebAssembly.Module>()
  compiled.set(image, codes)
  const known = codes.get(backend)
  if (known !== undefined) return known
  for (const variant of VARIANTS_OF[backend]) {
    const octets = octetsOf(image, variant)
    const code = octets === undefined ? undefined : compile(octets)
    if (code === undefined) continue
    codes.set(backend, code)

    return code
  }
  throw new TypeError(`no variant of ${image.name} runs here`)
}

/** The engine validates while it compiles: to ask it before would be to have it done twice. */
function compile(octets: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(octets)
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined
    throw error
  }
}

function instantiate<Exports>(code: WebAssembly.Module): LoadedModule<Exports> {
  const { exports } = new WebAssembly.Instance(code)
  const memory = exports['memory'] as WebAssembly.Memory

  return { exports: exports as Exports, memory: new Uint8Array(memory.buffer) }
}

/** Instantiates code that imports nothing and exports `memory`; also for the build, on fresh octets. */
export function instantiateOctets<Exports>(octets: Uint8Array<ArrayBuffer>): LoadedModule<Exports> {
  return instantiate<Exports>(new WebAssembly.Module(octets))
}
