import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { generateKey } from '@muhr/pki'
import type { PkiAlgorithm } from './profile.ts'

const makeRsa = promisify(generateKeyPair)

/** A new key as PKCS#8 (DER). RSA keys are made on the thread pool, several at a time. */
export async function makeKey(
  algorithm: PkiAlgorithm,
  random: (length: number) => Uint8Array,
): Promise<Uint8Array> {
  if (algorithm !== 'rsa-2048') return generateKey(algorithm, random)
  const { privateKey } = await makeRsa('rsa', { modulusLength: 2048, publicExponent: 65537 })

  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))
}
