import type { Recipient } from '@muhr/envelope'
import type { Company, Signer } from '@muhr/signme'

/** Who must sign, in the words of Sign.Me (§4.1). */
export function signerOf({ identifiers, contact }: Recipient): Signer {
  return { phone: contact?.phone, email: contact?.email, snils: identifiers.snils }
}

/** The company on whose behalf is signed; undefined where a person signs for themselves. */
export function companyOf({ identifiers }: Recipient, method: string): Company | undefined {
  return method === 'COMPANY' ? { inn: identifiers.inn, ogrn: identifiers.ogrn } : undefined
}

/** An INN of ten digits is that of an organisation; a person has twelve. */
export function isCompanyInn(inn: string | undefined): boolean {
  return inn?.replace(/\D/g, '').length === 10
}
