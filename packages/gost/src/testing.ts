/**
 * For tests and measurements: which implementation computes, and how long it takes to start.
 * @module
 */
import type { CurveName } from './curves.ts'
import { gost94Module } from './gost94-wasm.ts'
import { startCurve } from './load-curve.ts'
import { streebogModule } from './streebog-wasm.ts'

export { GOST_BACKENDS, selectGostBackend } from './wasm/backend.ts'

/** A curve of each module for curves. */
const CURVE_OF_MODULE: readonly CurveName[] = [
  'cryptopro-A',
  'cryptopro-C',
  'tc26-512-A',
  'test-256',
]

/**
 * Makes every WebAssembly module of the room ready, as its first use would, without known answers. Tables of
 * multiples are made when a curve is first verified or signed on.
 */
export function startModules(): void {
  streebogModule()
  gost94Module()
  for (const name of CURVE_OF_MODULE) startCurve(name)
}

/** Forgets the tables of keys that were met, so that the next verification of each is as the first. */
export function forgetKeys(name: CurveName): void {
  startCurve(name)?.exports.forgetKeys?.()
}
