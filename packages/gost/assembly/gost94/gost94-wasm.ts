import { checkGost94Answers } from '../../src/gost94-answers.ts'
import type { Gost94Sbox } from '../../src/gost94-core.ts'
import { prepareGost94, startGost94Wasm } from '../../src/gost94-wasm.ts'
import { equalOctets } from '../../src/octets.ts'
import { GOST94 } from '../../src/wasm/gost94-layout.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import type { HashExports, HashModule } from '../../src/wasm/module-hasher.ts'
import type { WasmSource } from '../wasm-source.ts'
import { gost94Source } from './gost94-source.ts'

const digestOf = (ready: HashModule, sbox: Gost94Sbox): Uint8Array =>
  startGost94Wasm(ready, sbox).update(new Uint8Array(40).fill(1)).digest()

/** What no digest shows: tables are brought into use once, and one block of the input is touched. */
function checkMemory(ready: HashModule): void {
  const { memory } = ready
  const { allTables, tableBytes, input, inputBytes } = GOST94
  const right = digestOf(ready, 'cryptopro')
  const stored = memory.slice(allTables + tableBytes, allTables + 2 * tableBytes)
  memory.fill(0, allTables + tableBytes, allTables + 2 * tableBytes)
  if (!equalOctets(digestOf(ready, 'cryptopro'), right)) {
    throw new Error('GOST R 34.11-94: tables in use are brought again')
  }
  memory.set(stored, allTables + tableBytes)
  memory.fill(0xa5, input, input + inputBytes)
  digestOf(ready, 'd-test')
  if (memory.subarray(input + 32, input + inputBytes).some((octet) => octet !== 0xa5)) {
    throw new Error('GOST R 34.11-94: memory beyond the last block has changed')
  }
}

export const gost94Wasm: WasmSource = {
  name: 'gost94',
  // Small, and hashing alone is then ready without the unpacker.
  isPacked: false,
  variants: ['simd'],
  memoryPages: GOST94.memoryPages,
  source: gost94Source,
  check: (module) => {
    const ready = prepareGost94(module as LoadedModule<HashExports>)
    // First on a fresh instance: no tables are in use yet.
    const first = digestOf(ready, 'cryptopro')
    checkGost94Answers((sbox) => startGost94Wasm(ready, sbox))
    if (!equalOctets(digestOf(ready, 'cryptopro'), first)) {
      throw new Error('GOST R 34.11-94: a fresh instance has no tables')
    }
    checkMemory(ready)
  },
}
