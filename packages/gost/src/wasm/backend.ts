/**
 * Which implementation computes: WebAssembly with relaxed SIMD, with plain SIMD, or TypeScript alone.
 * All three give the same results; they differ in speed only.
 * @module
 */

/** Fastest first. */
export const GOST_BACKENDS = ['wasm-relaxed-simd', 'wasm-simd', 'typescript'] as const

export type GostBackend = (typeof GOST_BACKENDS)[number]

/** Modules of one function each, that only an engine with the feature accepts. */
const PROBES: Readonly<Record<Exclude<GostBackend, 'typescript'>, readonly number[]>> = {
  // i32.const 0, i8x16.splat, i32.const 0, i8x16.splat, i8x16.relaxed_swizzle
  'wasm-relaxed-simd': [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 0, 253,
    15, 65, 0, 253, 15, 253, 128, 2, 11,
  ],
  // i32.const 0, i8x16.splat, i8x16.popcnt
  'wasm-simd': [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253,
    15, 253, 98, 11,
  ],
}

let probed: GostBackend | undefined
let forced: GostBackend | undefined

/** A page may forbid compilation (no `wasm-unsafe-eval` in its policy), so the probe compiles. */
const canRun = (probe: readonly number[]): boolean => {
  try {
    const octets = Uint8Array.from(probe)

    return WebAssembly.validate(octets) && new WebAssembly.Module(octets) instanceof Object
  } catch {
    return false
  }
}

/**
 * Names the implementation in use: `wasm-relaxed-simd` (Node 24, current Chromium and Firefox),
 * `wasm-simd` (older engines), or `typescript` where WebAssembly or SIMD is missing or forbidden.
 */
export function gostBackend(): GostBackend {
  if (forced !== undefined) return forced
  probed ??= canRun(PROBES['wasm-relaxed-simd'])
    ? 'wasm-relaxed-simd'
    : canRun(PROBES['wasm-simd'])
      ? 'wasm-simd'
      : 'typescript'

  return probed
}

/**
 * For tests and measurements: uses another implementation from now on, in this thread;
 * `undefined` goes back to the best one. Hashes already begun stay where they are.
 */
export function selectGostBackend(backend: GostBackend | undefined): void {
  forced = backend
}

/** A module that the engine refuses although it has the features: from now on TypeScript, for all parts alike. */
export function giveUpWasm(): void {
  probed = 'typescript'
  if (forced !== undefined) forced = 'typescript'
}
