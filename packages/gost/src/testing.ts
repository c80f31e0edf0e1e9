/**
 * For tests and measurements: which implementation computes, and how long it takes to start.
 * @module
 */
import { curves } from './curves.ts'
import { gost94Module } from './gost94-wasm.ts'
import { startCurve } from './load-curve.ts'
import { streebogModule } from './streebog-wasm.ts'

export { GOST_BACKENDS, selectGostBackend } from './wasm/backend.ts'

/** Makes every WebAssembly module of the room ready, as its first use would, without known answers. */
export function startModules(): void {
  streebogModule()
  gost94Module()
  for (const { name } of Object.values(curves)) startCurve(name)
}
