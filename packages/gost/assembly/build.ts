/**
 * Compiles the AssemblyScript modules of this room, proves the fresh code by known answers, and writes
 * `src/wasm/*.wasm.ts`, which are committed: nobody needs the compiler to run them.
 * Arguments name the modules to build; none means all. `--keep DIR` also writes the AssemblyScript there.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { instantiateOctets, type WasmVariant } from '../src/wasm/load-module.ts'
import { type UnpackExports, unpackWith } from '../src/wasm/unpack.ts'
import { compile } from './compile.ts'
import { wasmProbes, wasmSources } from './modules.ts'
import { pack } from './pack.ts'
import { renderImage } from './render-image.ts'
import { unpackWasm } from './unpack/unpack-wasm.ts'
import type { WasmSource } from './wasm-source.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' } },
})

const known = wasmSources.map(({ name }) => name)
const unknown = positionals.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no module ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(64)
}
/** The unpacker as its source is now: what is written must be read by it. */
const unpacker = instantiateOctets<UnpackExports>(await compile(unpackWasm, 'simd'))

for (const probe of wasmProbes) {
  for (const variant of probe.variants) {
    probe.check(instantiateOctets(await compile(probe, variant, { effort: 'quick' })))
  }
}
for (const module of wasmSources) {
  if (positionals.length === 0 || positionals.includes(module.name)) await build(module)
}

async function build(module: WasmSource): Promise<void> {
  const codes = new Map<WasmVariant, Uint8Array>()
  for (const variant of module.variants) {
    const source = module.source(variant)
    if (values.keep !== undefined) {
      mkdirSync(values.keep, { recursive: true })
      writeFileSync(join(values.keep, `${module.name}.${variant}.as`), source)
    }
    const code = await compile(module, variant, { source })
    module.check(instantiateOctets(code))
    codes.set(variant, code)
  }
  const all = Buffer.concat([...codes.values()])
  const packed = pack(all)
  if (Buffer.compare(all, unpackWith(unpacker.exports, packed, all.length)) !== 0) {
    throw new Error(`${module.name}: what is unpacked is not what was packed`)
  }
  console.log(`${module.name}: ${all.length} octets of all variants, ${packed.length} packed`)
  writeFileSync(
    join(import.meta.dirname, '../src/wasm', `${module.name}.wasm.ts`),
    renderImage(module, { codes, packed }),
  )
}
