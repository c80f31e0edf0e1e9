import { startInModule, startInTypescript } from '../../src/derive-nonce.ts'
import { equalOctets, octetsOfHex } from '../../src/octets.ts'
import { checkStreebogAnswers, NONCE_ANSWERS, nonceSeed } from '../../src/streebog-answers.ts'
import { PI_HEX } from '../../src/streebog-constants.ts'
import {
  prepareStreebog,
  type StreebogExports,
  type StreebogModule,
  startStreebogWasm,
} from '../../src/streebog-wasm.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import type { HashModule } from '../../src/wasm/module-hasher.ts'
import { STREEBOG } from '../../src/wasm/streebog-layout.ts'
import type { WasmSource } from '../wasm-source.ts'
import { streebogSource } from './streebog-source.ts'

/** The image of this octet under Pi' is zero, so its entry is zero in each table. */
const OCTET_TO_ZERO = octetsOfHex(PI_HEX).indexOf(0)

/** What no digest shows: every table, and that nothing is written beyond the state and one block. */
function checkMemory(ready: HashModule): void {
  const { exports, memory } = ready
  const { tables, pi, state, stateBytes, stateIndices, keyIndices, input, inputBytes } = STREEBOG
  for (let place = 0; place < 8; place++) {
    const entry = tables + 2048 * place + 8 * OCTET_TO_ZERO
    if (memory.subarray(entry, entry + 8).some((octet) => octet !== 0)) {
      throw new Error('Streebog: a table has a wrong entry')
    }
  }
  memory.fill(0xa5, input, input + inputBytes)
  memory.fill(0, state, state + stateBytes)
  const before = memory.slice()
  exports.takeBlocks(3)
  if (new DataView(memory.buffer).getUint32(state + 128, true) !== 3 * 512) {
    throw new Error('Streebog: N does not stand in its place')
  }
  exports.finish(13)
  if (memory.subarray(stateIndices, keyIndices + 128).some((octet) => octet !== 0)) {
    throw new Error('Streebog: indices of the last block are still there')
  }
  for (const [from, to] of [
    [pi, state],
    [state + stateBytes, stateIndices],
    [keyIndices + 128, input],
    [input + 64, memory.length],
  ] as const) {
    if (!equalOctets(before.subarray(from, to), memory.subarray(from, to))) {
      throw new Error('Streebog: memory that it does not own has changed')
    }
  }
}

/** Nonces come out as known, nothing of them is left, and what is not theirs is untouched. */
function checkNonces(ready: StreebogModule): void {
  const { nonce, input, inputBytes, state, stateIndices, keyIndices } = STREEBOG
  // One that was broken off leaves its key behind.
  startInModule(ready, { byteLength: 32, seed: nonceSeed(32) }).next()
  const others = ready.memory.subarray(input + nonce.seedBytes + 256, input + inputBytes)
  others.fill(0xa5)
  for (const byteLength of [64, 32] as const) {
    const nonces = startInModule(ready, { byteLength, seed: nonceSeed(byteLength) })
    nonces.next()
    nonces.skip()
    const isRight = equalOctets(nonces.next(), octetsOfHex(NONCE_ANSWERS[byteLength]))
    nonces.end()
    const left = [
      ready.memory.subarray(nonce.value, nonce.end),
      ready.memory.subarray(input, input + 64 + 2 * byteLength + 8),
      ready.memory.subarray(state, stateIndices),
      ready.memory.subarray(stateIndices, keyIndices + 128),
    ].some((area) => area.some((octet) => octet !== 0))
    const isTouched = others.some((octet) => octet !== 0xa5)
    if (!isRight || left || isTouched) throw new Error(`Streebog: nonces of ${byteLength} octets`)
    // Seeds with extra octets, of which little is left behind whole blocks, and the longest that fit.
    for (const length of [3 * byteLength, nonce.seedBytes]) {
      const seed = Uint8Array.from({ length }, (_, i) => (7 * i + 3) & 255)
      const [made, known] = [
        startInModule(ready, { byteLength, seed }),
        startInTypescript(byteLength, seed),
      ].map((list) => {
        const nonce = list.next()
        list.end()

        return nonce
      })
      if (made === undefined || known === undefined || !equalOctets(made, known)) {
        throw new Error(`Streebog: nonces of ${byteLength} octets out of ${length}`)
      }
    }
  }
}

export const streebogWasm: WasmSource = {
  name: 'streebog',
  // Small, and hashing alone is then ready without the unpacker.
  isPacked: false,
  variants: ['simd'],
  memoryPages: STREEBOG.memoryPages,
  source: streebogSource,
  check: (module) => {
    const fresh = module as LoadedModule<StreebogExports>
    const ready = prepareStreebog(fresh)
    if (!equalOctets(fresh.memory.subarray(STREEBOG.pi, STREEBOG.rows), octetsOfHex(PI_HEX))) {
      throw new Error('Streebog: the tables are written beyond their place')
    }
    checkStreebogAnswers((byteLength) => startStreebogWasm(ready, byteLength))
    checkMemory(ready)
    ready.memory.fill(0, STREEBOG.input, STREEBOG.input + STREEBOG.inputBytes)
    ready.memory.fill(0, STREEBOG.state, STREEBOG.stateIndices)
    checkNonces(ready)
  },
}
