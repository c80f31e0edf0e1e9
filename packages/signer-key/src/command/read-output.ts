import { open } from 'node:fs/promises'
import { SignerKeyError } from '../error.ts'

/**
 * A file that a program wrote. Throws `signer-key.tool-failed` (there is none, though the program says
 * that it succeeded), `signer-key.tool-output` beyond `maxBytes`.
 */
export async function readOutput(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) {
    throw new SignerKeyError({
      code: 'signer-key.tool-failed',
      message: 'The signing program left no signature.',
    })
  }
  try {
    const { size } = await file.stat()
    if (size > maxBytes) {
      throw new SignerKeyError({
        code: 'signer-key.tool-output',
        message: 'The signing program left far more than a signature.',
        data: { bytes: size },
      })
    }

    return new Uint8Array(await file.readFile())
  } finally {
    await file.close()
  }
}
