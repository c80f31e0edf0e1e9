/**
 * The inner loop of PBKDF2 over HMAC-Streebog on the WebAssembly module: the states after the two padded
 * keys are kept, and the octets stay in the module's memory from one hash to the next.
 * @module
 */
import { startHmacStreebog } from './hmac-streebog-core.ts'
import { startStreebog } from './start-streebog.ts'
import { streebogModule } from './streebog-wasm.ts'
import type { HashModule } from './wasm/module-hasher.ts'

const BLOCK_BYTES = 64

/** The state of a hash that has taken one block: the key padded and mixed with an octet. */
const stateAfter = (
  { exports, memory, layout }: HashModule,
  { byteLength, block, octet }: { byteLength: 32 | 64; block: Uint8Array; octet: number },
): Uint8Array => {
  const start = new Uint8Array(layout.stateBytes)
  if (byteLength === 32) start.fill(1, 0, BLOCK_BYTES)
  memory.set(start, layout.state)
  memory.set(
    block.map((value) => value ^ octet),
    layout.input,
  )
  exports.takeBlocks(1)

  return memory.slice(layout.state, layout.state + layout.stateBytes)
}

/**
 * U_1 xor U_2 xor … xor U_c of RFC 8018 section 5.2, given U_1.
 * @param input.password the HMAC key, of any length.
 */
export function chainHmacStreebog(input: {
  readonly byteLength: 32 | 64
  readonly password: Uint8Array
  readonly first: Uint8Array
  readonly iterations: number
}): Uint8Array {
  const { byteLength, password, first, iterations } = input
  const sum = Uint8Array.from(first)
  const module = streebogModule()
  if (module === undefined) {
    let u = first
    for (let i = 1; i < iterations; i++) {
      u = startHmacStreebog(byteLength, password).update(u).digest()
      for (let k = 0; k < byteLength; k++) sum[k] = (sum[k] as number) ^ (u[k] as number)
    }

    return sum
  }
  const block = new Uint8Array(BLOCK_BYTES)
  const isLong = password.length > BLOCK_BYTES
  block.set(isLong ? startStreebog(byteLength).update(password).digest() : password)
  const inner = stateAfter(module, { byteLength, block, octet: 0x36 })
  const outer = stateAfter(module, { byteLength, block, octet: 0x5c })
  const { exports, memory, layout } = module
  const digestAt = layout.state + BLOCK_BYTES - byteLength
  const finish = (): void => {
    if (byteLength === BLOCK_BYTES) exports.takeBlocks(1)
    exports.finish(byteLength % BLOCK_BYTES)
    memory.copyWithin(layout.input, digestAt, digestAt + byteLength)
  }
  memory.set(first, layout.input)
  for (let i = 1; i < iterations; i++) {
    memory.set(inner, layout.state)
    finish()
    memory.set(outer, layout.state)
    finish()
    for (let k = 0; k < byteLength; k++) {
      sum[k] = (sum[k] as number) ^ (memory[layout.input + k] as number)
    }
  }
  memory.fill(0, layout.state, layout.state + layout.stateBytes)
  memory.fill(0, layout.input, layout.input + BLOCK_BYTES)
  for (const secret of [block, inner, outer]) secret.fill(0)

  return sum
}
