import { SignerKeyError } from '../error.ts'

/** The command-line programs of CryptoPro CSP. */
export type CspTool = 'csptest' | 'cryptcp'

/** Where CryptoPro CSP for Linux of 64 bits puts its programs. */
export const cspFolder = '/opt/cprocsp/bin/amd64'

/** How CryptoPro CSP is asked. */
export type CspSettings = {
  readonly tool: CspTool
  /** SHA-1 of the certificate in the store `My` of the server's user, hex. */
  readonly thumbprint: string
  /** Path of the program. Default: {@link cspFolder}. */
  readonly program?: string | undefined
  /**
   * PIN of the container. Better none, with the PIN saved in CSP (`csptest -passwd`): `cryptcp` reads it
   * from its standard input (`-askpin`), but `csptest` knows the argument `-password` alone, which other
   * users of the machine can see while it runs.
   */
  readonly pin?: string | undefined
  readonly timeoutMs?: number | undefined
  /** Where the file to sign is written for the while. Default: the system's temporary folder. */
  readonly workFolder?: string | undefined
}

export const defaultToolTimeoutMs = 120_000

/** SHA-1 as 40 hex digits, lower case; blanks and colons, as programs show them, are dropped. */
export function readThumbprint(text: string): string {
  const digits = text.replace(/[\s:]/g, '').toLowerCase()
  if (!/^[0-9a-f]{40}$/.test(digits)) {
    throw new SignerKeyError({
      code: 'signer-key.bad-settings',
      message: 'A thumbprint is 40 hexadecimal digits.',
      data: { setting: 'thumbprint' },
    })
  }

  return digits
}
