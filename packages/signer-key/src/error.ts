import { MuhrError } from '@muhr/identifiers'

/** Every code of this room with the advice it carries; the union follows from the table. */
const adviceByCode = {
  'signer-key.expired': 'Get a new certificate from the authority and add its key.',
  'signer-key.not-yet-valid':
    'Wait until the certificate is valid; if it should be already, set the clock of this machine.',
  'signer-key.no-organisation':
    'Use a certificate that names the organisation (OGRN or INN), not that of a private person.',
  'signer-key.revoked': 'Do not use this key any more: get a new certificate from the authority.',
  'signer-key.not-gost-2012': 'Use a key of GOST R 34.10-2012 on a published curve.',
  'signer-key.key-usage': 'Use a certificate that was issued for signing documents.',
  'signer-key.certificate-mismatch':
    'Give the certificate that was issued for this very key, or the key of this certificate.',
  'signer-key.no-certificate': 'Give the certificate (.cer) together with the key.',
  'signer-key.several-keys': 'Name the thumbprint of the certificate to sign with.',
  'signer-key.wrong-pin': 'Check the PIN or password, its case and the keyboard layout.',
  'signer-key.pin-blocked': 'The token is locked: unlock it with its administrator PIN.',
  'signer-key.needs-pin': 'Give the password of the file, or the PIN of the container or token.',
  'signer-key.unreadable':
    'Give a .p12, .pfx or .pem file, or the folder of a CryptoPro container.',
  'signer-key.bad-settings': 'Correct the named setting of the key.',
  'signer-key.aborted': 'Nothing was signed: ask again.',

  'signer-key.tool-missing': 'Install the program, or correct its path.',
  'signer-key.tool-failed':
    'Run the program by hand with the same certificate and look at its words.',
  'signer-key.tool-timeout': 'See whether the program waits for a PIN or a token; then try again.',
  'signer-key.tool-output':
    'The program wrote far more than a signature: check that it is the right one.',
  'signer-key.tool-licence': 'The licence of CryptoPro CSP has ended: enter a new one.',
  'signer-key.key-not-found':
    'Insert the token, or install the certificate with a link to its key for the user of the server.',

  'signer-key.service-address': 'Give an https address; http is taken on this machine alone.',
  'signer-key.service-unreachable': 'Check that the signing service runs and can be reached.',
  'signer-key.service-timeout': 'See what the signing service waits for, then try again.',
  'signer-key.service-redirect': 'Give the final address of the signing service.',
  'signer-key.service-refused': 'Read the log of the signing service: it refused to sign.',
  'signer-key.service-denied': 'Correct the secret that the signing service asks for.',
  'signer-key.service-answer': 'The service does not speak the contract of the README: correct it.',

  'signer-key.seal-unreadable': 'What came back is no CMS signature: check the program or service.',
  'signer-key.seal-attached': 'Make detached signatures: the document must not be inside.',
  'signer-key.seal-signers': 'Let exactly one key sign each item.',
  'signer-key.seal-other-certificate':
    'Sign with the certificate that was chosen, by its thumbprint.',
  'signer-key.seal-other-content': 'Sign exactly the bytes that were asked for.',
  'signer-key.seal-invalid':
    'The signature does not hold: do not send it; check the program or key.',
  'signer-key.seal-defect': 'The signature breaks its format: check the program or service.',
  'signer-key.seal-not-cades':
    'Make CAdES-BES: the certificate reference (signingCertificateV2) must be signed.',
  'signer-key.seal-signing-time':
    'The signing time is missing or far from now: set the clock of the machine that signs.',

  'signer-key.batch-items': 'Reload the page and sign the whole package that it shows.',
  'signer-key.batch-stale': 'The package has been withdrawn or is too old: open it again.',
  'signer-key.item-changed': 'The stored bytes differ from what was asked for: nothing was signed.',
} as const satisfies Record<string, string>

/** The closed set of codes of this room. */
export type SignerKeyErrorCode = keyof typeof adviceByCode

/** Particulars: codes of tools, names of items and settings; never a PIN, a number or content. */
export type SignerKeyErrorData = Readonly<Record<string, string | number | boolean | null>>

/** The one error of this room. Its message holds no secret and nothing that a tool printed. */
export class SignerKeyError extends MuhrError<SignerKeyErrorCode, SignerKeyErrorData> {
  override readonly name = 'SignerKeyError'

  constructor(init: {
    readonly code: SignerKeyErrorCode
    readonly message: string
    readonly data?: SignerKeyErrorData
    readonly cause?: unknown
  }) {
    super({ ...init, advice: adviceByCode[init.code] })
  }
}

/** Is this a {@link SignerKeyError}, and, when `code` is given, one with that code? */
export function isSignerKeyError(
  value: unknown,
  code?: SignerKeyErrorCode,
): value is SignerKeyError {
  return value instanceof SignerKeyError && (code === undefined || value.code === code)
}
