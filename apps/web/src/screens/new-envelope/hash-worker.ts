import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Read in pieces: a file of 100 MB must not stand in memory at once. Bytes. */
const pieceBytes = 4 * 1024 * 1024

/** Digest of a file, piece by piece. */
async function digest(file: Blob): Promise<string> {
  const hash = sha256.create()

  for (let from = 0; from < file.size; from += pieceBytes) {
    hash.update(new Uint8Array(await file.slice(from, from + pieceBytes).arrayBuffer()))
  }

  return bytesToHex(hash.digest())
}

self.addEventListener('message', (event: MessageEvent<{ key: string; file: Blob }>) => {
  const { key, file } = event.data

  digest(file).then(
    (sha256Hex) => self.postMessage({ key, sha256: sha256Hex }),
    () => self.postMessage({ key }),
  )
})
