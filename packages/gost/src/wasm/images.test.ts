import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hashSource } from '../../assembly/compile.ts'
import { wasmSources } from '../../assembly/modules.ts'
import { imageNameOf } from '../../assembly/render-image.ts'
import { instantiateOctets, octetsOfBase64, type WasmImage } from './load-module.ts'

const imageOf = async (name: string, exported: string): Promise<WasmImage> =>
  (await import(`./${name}.wasm.ts`))[exported]

describe.each(wasmSources)('the module $name', (module) => {
  it('was made from the sources as they are: else run `npm run build`', async () => {
    const image = await imageOf(module.name, imageNameOf(module))
    expect(image.name).toBe(module.name)
    expect(image.sourceSha256).toBe(hashSource(module))
    expect(Object.keys(image.variants)).toEqual(module.variants)
  })

  it('gives the known answers in every variant', async () => {
    const image = await imageOf(module.name, imageNameOf(module))
    for (const code of Object.values(image.variants)) {
      module.check(instantiateOctets(octetsOfBase64(code)))
    }
  })

  it('imports nothing and never grows its memory', async () => {
    const image = await imageOf(module.name, imageNameOf(module))
    for (const code of Object.values(image.variants)) {
      const octets = octetsOfBase64(code)
      expect(WebAssembly.Module.imports(new WebAssembly.Module(octets))).toEqual([])
      const memory = instantiateOctets<{ memory: WebAssembly.Memory }>(octets).exports.memory
      expect(() => memory.grow(1)).toThrow(RangeError)
    }
  })
})

it('no module stands there that the build does not make', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.wasm.ts'))
  expect(files).toEqual(wasmSources.map(({ name }) => `${name}.wasm.ts`).toSorted())
})
