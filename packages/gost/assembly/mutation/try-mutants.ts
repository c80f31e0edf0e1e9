/**
 * A process that builds the modules from altered sources and says whether the known answers notice.
 * It gets `Trial` messages and answers `Outcome` messages; whoever starts it ends it when one takes too long.
 * The first argument is a folder in which `assembly` is a copy and all else stands as in the checkout.
 * @module
 */
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { instantiateOctets, type WasmVariant } from '../../src/wasm/load-module.ts'
import { compile, hashSource } from '../compile.ts'
import { wasmSources } from '../modules.ts'
import type { WasmSource } from '../wasm-source.ts'

/** Replaces one file below `assembly`. */
export type Trial = { readonly id: number; readonly file: string; readonly text: string }

export type Outcome = {
  readonly id: number
  /**
   * `noticed`: it does not compile, or a known answer does not come out. `same`: the AssemblyScript or the
   * code that comes out of it is what it was, so there is nothing to notice. `missed`: neither.
   */
  readonly kind: 'noticed' | 'same' | 'missed'
  /** What noticed it. */
  readonly by: string
}

const [folder = ''] = process.argv.slice(2)
const original = new Map<string, Promise<Uint8Array>>()

/** The code of the sources as they are, compiled when it is first compared with. */
const originalCode = (module: WasmSource, variant: WasmVariant): Promise<Uint8Array> => {
  const key = `${module.name} ${variant}`
  const code = original.get(key) ?? compile(module, variant)
  original.set(key, code)

  return code
}

async function tryModules(modules: readonly WasmSource[]): Promise<Omit<Outcome, 'id'>> {
  let kind: Outcome['kind'] = 'same'
  for (const module of modules) {
    const intact = wasmSources.find(({ name }) => name === module.name)
    if (intact !== undefined && hashSource(module) === hashSource(intact)) continue
    for (const variant of module.variants) {
      const code = await compile(module, variant)
      module.check(instantiateOctets(code))
      const isSame =
        intact !== undefined && Buffer.compare(await originalCode(intact, variant), code) === 0
      if (!isSame) kind = 'missed'
    }
  }

  return { kind, by: '' }
}

process.on('message', async ({ id, file, text }: Trial) => {
  const home = join(folder, String(id))
  cpSync(join(folder, 'intact'), home, { recursive: true, verbatimSymlinks: true })
  writeFileSync(join(home, 'assembly', file), text)
  try {
    const { wasmSources: altered } = await import(
      pathToFileURL(join(home, 'assembly/modules.ts')).href
    )
    process.send?.({ id, ...(await tryModules(altered)) })
  } catch (error) {
    const [by = ''] = String(error instanceof Error ? error.message : error).split('\n')
    process.send?.({ id, kind: 'noticed', by })
  }
})
