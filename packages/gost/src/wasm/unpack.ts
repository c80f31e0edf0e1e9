import { octetsOfBase64 } from './base64.ts'
import { unpackImage } from './unpack.wasm.ts'
import { UNPACK } from './unpack-layout.ts'

export type UnpackExports = {
  readonly memory: WebAssembly.Memory
  /** Unpacks the first octets, so many, of what stands at `packed`. */
  readonly unpack: (length: number) => void
}

let unpacker: UnpackExports | undefined

/**
 * The first `length` octets of what was packed. Octets that are not of the build give something else or
 * trap: whoever uses the result validates it.
 */
export function unpack(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  unpacker ??= new WebAssembly.Instance(new WebAssembly.Module(octetsOfBase64(unpackImage.code)))
    .exports as UnpackExports

  return unpackWith(unpacker, packed, length)
}

/** The same by a given instance: for the build, which proves a fresh one. */
export function unpackWith(
  exports: UnpackExports,
  packed: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> {
  const memory = new Uint8Array(exports.memory.buffer)
  memory.set(packed, UNPACK.packed)
  exports.unpack(length)

  return memory.slice(UNPACK.unpacked, UNPACK.unpacked + length)
}
