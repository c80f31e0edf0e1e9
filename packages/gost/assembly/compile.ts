/**
 * AssemblyScript to WebAssembly, in memory.
 * @module
 */
import { createHash } from 'node:crypto'
import asc from 'assemblyscript/asc'
import type { WasmVariant } from '../src/wasm/load-module.ts'
import type { WasmSource } from './wasm-source.ts'

/** `shipped`: the code that is committed. `quick`: code of the same meaning that takes longer to run. */
export type CompileEffort = 'shipped' | 'quick'

const OPTIMISE: Readonly<Record<CompileEffort, readonly string[]>> = {
  shipped: ['--optimizeLevel', '3', '--shrinkLevel', '1', '--converge'],
  quick: ['--optimizeLevel', '0', '--shrinkLevel', '0'],
}

/** No runtime, no bounds checks, no traps: sources use loads and stores at fixed addresses only. */
const flagsOf = (
  module: WasmSource,
  variant: WasmVariant,
  effort: CompileEffort = 'shipped',
): readonly string[] => [
  ...OPTIMISE[effort],
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--enable',
  variant === 'relaxed-simd' ? 'simd,relaxed-simd' : 'simd',
  '--initialMemory',
  String(module.memoryPages),
  '--maximumMemory',
  String(module.memoryPages),
]

/**
 * SHA-256, hexadecimal, over all that decides the code: compiler version, flags and AssemblyScript of
 * every variant. What only formats a generator does not change it.
 */
export function hashSource(module: WasmSource): string {
  const hash = createHash('sha256').update(`assemblyscript ${asc.version}\0`)
  for (const variant of module.variants) {
    hash.update(`${variant}\0${flagsOf(module, variant).join(' ')}\0${module.source(variant)}\0`)
  }

  return hash.digest('hex')
}

/**
 * Compiles one variant.
 * @throws Error with what the compiler says.
 */
export async function compile(
  module: WasmSource,
  variant: WasmVariant,
  {
    source = module.source(variant),
    effort,
  }: { readonly source?: string; readonly effort?: CompileEffort } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  let code: Uint8Array<ArrayBuffer> | undefined
  const { error, stderr } = await asc.main(
    ['module.ts', '--outFile', 'module.wasm', ...flagsOf(module, variant, effort)],
    {
      readFile: (name) => (name === 'module.ts' ? source : null),
      writeFile: (name, contents) => {
        if (name === 'module.wasm' && typeof contents !== 'string') code = contents.slice()
      },
      listFiles: () => [],
    },
  )
  if (error !== null || code === undefined) {
    throw new Error(`${module.name}, ${variant}: ${error?.message ?? 'no code'}\n${stderr}`)
  }

  return code
}
