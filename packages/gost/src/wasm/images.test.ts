import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compile, hashSource } from '../../assembly/compile.ts'
import { wasmProbes, wasmSources } from '../../assembly/modules.ts'
import { imageNameOf } from '../../assembly/render-image.ts'
import { instantiateOctets, octetsOf, type WasmImage, type WasmVariant } from './load-module.ts'

const imageOf = async (name: string, exported: string): Promise<WasmImage> =>
  (await import(`./${name}.wasm.ts`))[exported]

const codesOf = (image: WasmImage): readonly Uint8Array<ArrayBuffer>[] =>
  Object.keys(image.variants).map(
    (variant) => octetsOf(image, variant as WasmVariant) ?? new Uint8Array(0),
  )

describe.each(wasmSources)('the module $name', (module) => {
  it('was made from the sources as they are: else run `npm run build`', async () => {
    const image = await imageOf(module.name, imageNameOf(module))
    expect(image.name).toBe(module.name)
    expect(image.sourceSha256).toBe(hashSource(module))
    expect(Object.keys(image.variants)).toEqual(module.variants)
  })

  it('gives the known answers in every variant', async () => {
    const image = await imageOf(module.name, imageNameOf(module))
    for (const code of codesOf(image)) module.check(instantiateOctets(code))
  })

  it('imports nothing and never grows its memory', async () => {
    const image = await imageOf(module.name, imageNameOf(module))
    for (const octets of codesOf(image)) {
      expect(WebAssembly.Module.imports(new WebAssembly.Module(octets))).toEqual([])
      const memory = instantiateOctets<{ memory: WebAssembly.Memory }>(octets).exports.memory
      expect(() => memory.grow(1)).toThrow(RangeError)
    }
  })
})

it.each(wasmProbes)(
  '$name: functions that no module exports give their known answers',
  async (probe) => {
    for (const variant of probe.variants) {
      probe.check(instantiateOctets(await compile(probe, variant, { effort: 'quick' })))
    }
  },
)

it('no module stands there that the build does not make', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.wasm.ts'))
  expect(files).toEqual(wasmSources.map(({ name }) => `${name}.wasm.ts`).toSorted())
})

it('all modules together weigh at most 40 kB by gzip, as they are delivered', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.wasm.ts'))
  const text = files.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('')
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(40_000)
})
