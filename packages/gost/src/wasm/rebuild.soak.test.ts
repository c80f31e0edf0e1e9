import { expect, it } from 'vitest'
import { compile } from '../../assembly/compile.ts'
import { wasmSources } from '../../assembly/modules.ts'
import { imageNameOf } from '../../assembly/render-image.ts'
import { octetsOf, type WasmImage } from './load-module.ts'

it.each(wasmSources)(
  '$name comes out of the compiler octet by octet as committed',
  async (module) => {
    const exported = await import(`./${module.name}.wasm.ts`)
    const image: WasmImage = exported[imageNameOf(module)]
    for (const variant of module.variants) {
      const committed = octetsOf(image, variant) ?? new Uint8Array(0)
      expect(Buffer.compare(await compile(module, variant), committed)).toBe(0)
    }
  },
)
