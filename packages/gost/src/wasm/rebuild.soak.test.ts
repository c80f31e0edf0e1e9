import { expect, it } from 'vitest'
import { compile } from '../../assembly/compile.ts'
import { wasmSources } from '../../assembly/modules.ts'
import { imageNameOf } from '../../assembly/render-image.ts'
import { octetsOfBase64, type WasmImage } from './load-module.ts'

it.each(wasmSources)(
  '$name comes out of the compiler octet by octet as committed',
  async (module) => {
    const exported = await import(`./${module.name}.wasm.ts`)
    const image: WasmImage = exported[imageNameOf(module)]
    for (const variant of module.variants) {
      const committed = octetsOfBase64(image.variants[variant] ?? '')
      expect(Buffer.compare(await compile(module, variant), committed)).toBe(0)
    }
  },
)
