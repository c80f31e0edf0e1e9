import type { LoadedModule, WasmVariant } from '../src/wasm/load-module.ts'

/** One module to be built: its AssemblyScript, and what proves the fresh code. */
export type WasmSource = {
  /** `src/wasm/<name>.wasm.ts` exports `<name>Image`, the name written in camel case. */
  readonly name: string
  readonly variants: readonly WasmVariant[]
  /** Whether the code is kept packed, by default yes: not so what unpacks the others. */
  readonly isPacked?: boolean
  /** 64 KiB pages of linear memory; it never grows. */
  readonly memoryPages: number
  /** AssemblyScript of one variant, as one file. */
  readonly source: (variant: WasmVariant) => string
  /**
   * Runs the known answers on a fresh instance.
   * @throws Error naming the answer that does not come out.
   */
  readonly check: (module: LoadedModule<unknown>) => void
}
