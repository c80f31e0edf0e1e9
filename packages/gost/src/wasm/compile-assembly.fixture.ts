/**
 * Compiles AssemblyScript of this package for a test of its inner functions, which no committed
 * module exports.
 * @module
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const assembly = fileURLToPath(new URL('../../assembly/', import.meta.url))

/** An instance of one source file, named from the folder `assembly`. */
export async function compileAssembly(entry: string): Promise<WebAssembly.Exports> {
  const written: Uint8Array[] = []
  const { error, stderr } = await asc.main(
    [entry, '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,relaxed-simd'].concat([
      '--initialMemory',
      '8',
      '--outFile',
      'out.wasm',
    ]),
    {
      readFile: (name: string) => {
        try {
          return readFileSync(`${assembly}${name}`, 'utf8')
        } catch {
          return null
        }
      },
      writeFile: (_name: string, contents: Uint8Array | string) => {
        if (typeof contents !== 'string') written.push(contents)
      },
      listFiles: () => [],
    },
  )
  const [octets] = written
  if (error || octets === undefined) throw new Error(`asc: ${error} ${stderr}`)
  const { instance } = await WebAssembly.instantiate(octets as Uint8Array<ArrayBuffer>, {})

  return instance.exports
}
