import { SignerKeyError } from '../error.ts'

/** How a token is asked through `pkcs11-tool` of OpenSC. */
export type Pkcs11Settings = {
  /** The maker's library, e.g. `/usr/lib/librtpkcs11ecp.so`. */
  readonly module: string
  /** CKA_ID of the key and its certificate, hex. */
  readonly keyId: string
  /** CKA label of the token, where several are inserted. */
  readonly tokenLabel?: string | undefined
  /** PIN of the user. It goes through the environment of the program, never its arguments. */
  readonly pin?: string | undefined
  /** Default: `pkcs11-tool` on PATH (OpenSC 0.23 or newer). */
  readonly program?: string | undefined
  /**
   * Who computes the digest that is signed: this program (`host`, mechanisms GOSTR3410 and
   * GOSTR3410_512), or the token (`token`, GOSTR3410-WITH-GOSTR3411-12-256 and -512). Default `host`.
   */
  readonly digest?: 'host' | 'token' | undefined
  readonly timeoutMs?: number | undefined
  readonly workFolder?: string | undefined
}

/** Checks what goes into the arguments. Throws `signer-key.bad-settings`. */
export function checkPkcs11Settings({ keyId, module, tokenLabel, program }: Pkcs11Settings): void {
  const bad = (setting: string): SignerKeyError =>
    new SignerKeyError({
      code: 'signer-key.bad-settings',
      message: 'A setting of the token cannot be used.',
      data: { setting },
    })
  if (!/^(?:[0-9a-f]{2}){1,64}$/i.test(keyId)) {
    throw bad('keyId')
  }
  for (const [setting, value] of Object.entries({ module, tokenLabel, program })) {
    if (value !== undefined && (value === '' || value.startsWith('-') || value.includes('\0'))) {
      throw bad(setting)
    }
  }
}
