import type { NationalIdentifiers, Recipient, Verdict } from '@muhr/envelope'
import type { VerificationReport } from '@muhr/pki'

type Signer = VerificationReport['signatures'][number]['signer']

/** Numbers by which a service finds its signer, and which no certificate carries. */
type Addressing = 'esiaOid' | 'rafp'

/** Which field of a certificate answers which identifier of a recipient. */
const fields = {
  snils: 'snils',
  inn: 'inn',
  ogrn: 'ogrn',
  iin: 'iin',
  bin: 'bin',
  pinfl: 'pinfl',
  uzInn: 'inn',
} as const satisfies {
  readonly [K in Exclude<keyof NationalIdentifiers, Addressing>]-?: keyof Signer
}

/**
 * Is the signer the expected one? Every identifier that the recipient was given must stand in the
 * certificate with the same digits; one that differs is a mismatch, one that the certificate does not
 * carry leaves the question open, which is not a match either. A person who was addressed by ESIA id needs
 * a number beside it that certificates carry: an OGRN tells nothing of who signed. Names are never
 * compared.
 *
 * Of a recipient who is known to the service by phone or e-mail alone, nothing stands in a certificate:
 * there the word of the service counts (`isVouched`), and is kept as such.
 */
export function compareIdentity(
  { identifiers, contact }: Pick<Recipient, 'identifiers' | 'contact'>,
  report: VerificationReport,
  isVouched = false,
): Pick<Verdict, 'identity' | 'vouched'> {
  const identity = compareIdentifiers(identifiers, report)
  const isContactAlone =
    contact !== undefined && Object.values(identifiers).every((value) => value === undefined)

  return isVouched && isContactAlone && identity === 'unknown' && report.signatures.length === 1
    ? { identity: 'match', vouched: true }
    : { identity }
}

function compareIdentifiers(
  expected: NationalIdentifiers,
  report: VerificationReport,
): Verdict['identity'] {
  // Who else signed the same container cannot stand in for the expected person, nor hide him.
  const [signature, ...others] = report.signatures
  if (signature === undefined) {
    return 'unknown'
  }
  if (others.length > 0) {
    return 'mismatch'
  }
  const found = Object.entries(fields).flatMap(([kind, field]) => {
    const wanted = expected[kind as keyof NationalIdentifiers]

    return wanted === undefined
      ? []
      : [{ wanted: digits(wanted), got: digits(certifiedValue(signature.signer, field, wanted)) }]
  })
  if (found.some(({ wanted, got }) => got !== undefined && got !== wanted)) {
    return 'mismatch'
  }

  const isPersonOpen =
    expected.esiaOid !== undefined && expected.snils === undefined && expected.inn === undefined

  return found.length > 0 && !isPersonOpen && found.every(({ got }) => got !== undefined)
    ? 'match'
    : 'unknown'
}

/**
 * An entrepreneur's OGRN is the OGRNIP, an organisation's INN the INNLE: attributes of their own beside those of the
 * person (order of the FSB No. 795). The INN of an organisation has ten digits, that of a person twelve.
 */
function certifiedValue(
  signer: Signer,
  field: (typeof fields)[keyof typeof fields],
  wanted: string,
): string | undefined {
  if (field === 'ogrn') return signer.ogrn ?? signer.ogrnip
  if (field === 'inn' && digits(wanted)?.length === 10) return signer.organisationInn

  return signer[field]
}

function digits(text: string | undefined): string | undefined {
  return text?.replace(/\D/g, '')
}
