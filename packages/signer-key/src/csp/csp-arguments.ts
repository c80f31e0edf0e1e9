import type { CspSettings } from './csp-settings.ts'

/** One call of a CSP program. */
export type CspCall = {
  readonly args: readonly string[]
  readonly stdin: string | undefined
}

export type CspFiles = {
  readonly content: string
  /** Where the signature is to be. */
  readonly seal: string
}

/** What each key length is called, and the OID of its digest. */
const algorithms = {
  256: { alg: 'GOST12_256', hash: '1.2.643.7.1.1.2.2' },
  512: { alg: 'GOST12_512', hash: '1.2.643.7.1.1.2.3' },
} as const

/**
 * Arguments of the programs, as their help and published scripts have them. The certificate is named by
 * its thumbprint, so that never "the first" one signs. `csptest`: `-add` puts the certificate in,
 * `-addsigtime` the signing time, `-cades_strict` the whole certificate reference. `cryptcp`: `-der
 * -strict` writes DER, `-nochain` keeps it from fetching lists by addresses inside certificates.
 */
export function cspCall(
  { tool, pin }: Pick<CspSettings, 'tool' | 'pin'>,
  input: { readonly thumbprint: string; readonly bits: 256 | 512; readonly files: CspFiles },
): CspCall {
  const { thumbprint, files } = input
  const { alg, hash } = algorithms[input.bits]
  if (tool === 'csptest') {
    return {
      args: [
        ...['-sfsign', '-sign', '-detached', '-add', '-addsigtime', '-cades_strict'],
        ...['-alg', alg, '-my', thumbprint],
        ...(pin === undefined ? [] : ['-password', pin]),
        ...['-in', files.content, '-out', files.seal],
      ],
      stdin: undefined,
    }
  }

  return {
    args: [
      ...['-sign', '-detached', '-der', '-strict', '-cert', '-cadesbes', '-nochain'],
      ...['-hashAlg', hash, '-thumbprint', thumbprint],
      ...(pin === undefined ? [] : ['-askpin']),
      ...[files.content, files.seal],
    ],
    stdin: pin === undefined ? undefined : `${pin}\n`,
  }
}
