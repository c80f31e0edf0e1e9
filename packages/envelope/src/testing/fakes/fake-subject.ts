import type { ContractSubject } from '../contract/subject.ts'
import { createToyVerifier } from './toy-crypto.ts'

const identifiersOf = (index: number) => ({ pinfl: `3010190000000${index}` })

/** Persons, documents and verifier that the three fakes share. */
export function fakeParts(): Pick<
  ContractSubject,
  'person' | 'document' | 'verifier' | 'withholdTrust'
> {
  return {
    ...createToyVerifier(),
    person: (index) => ({
      name: `Үлгіұлы Сынақ ${index}`,
      locale: 'kk',
      identifiers: identifiersOf(index),
    }),
    document: (index) => ({
      bytes: Buffer.from(`%PDF-1.7 document ${index}`),
      document: {
        mediaType: 'application/pdf',
        fileName: `document-${index}.pdf`,
        title: { ru: `Документ ${index}`, kk: `Құжат ${index}` },
        meta: [],
      },
    }),
  }
}

/** The person of a number, as the fakes' apps know them. */
export function fakePerson(index: number): { readonly pinfl: string } {
  return identifiersOf(index)
}
