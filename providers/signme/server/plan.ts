import type { NationalIdentifiers, Plan, PlanInput, Refusal } from '@muhr/envelope'
import type { SignmeConnection } from './connection.ts'
import { isSignmeMethod, signmeMethods } from './methods.ts'
import { isCompanyInn } from './signer-of.ts'

/** Plans one request over all documents, or names every rule that stands in the way (§4.1, §4.6). */
export function plan(input: PlanInput<SignmeConnection>): Plan {
  const { method, documents } = input
  const refusals = [...methodRefusals(method), ...signerRefusals(input), ...fileRefusals(input)]
  if (refusals.length > 0) return { kind: 'refused', refusals }

  return {
    kind: 'planned',
    requests: [
      {
        method,
        contents: documents.map(({ id }) => ({ document: id, derivation: 'identity' })),
        seals: [],
      },
    ],
  }
}

function methodRefusals(method: string): readonly Refusal[] {
  return isSignmeMethod(method)
    ? []
    : [
        {
          code: 'method-not-allowed',
          field: 'method',
          advice: `Sign.Me signs by ${signmeMethods.join(', ')}.`,
        },
      ]
}

function signerRefusals({
  connection,
  method,
  recipient,
}: PlanInput<SignmeConnection>): readonly Refusal[] {
  const { identifiers, contact } = recipient
  const refusals: Refusal[] = []
  if ([contact?.phone, contact?.email, identifiers.snils].every((each) => each === undefined)) {
    refusals.push({
      code: 'signme.signer-missing',
      field: 'recipient.contact.phone',
      advice: 'Give the phone, the e-mail or the SNILS by which Sign.Me knows the signer.',
    })
  }
  const isCompany = identifiers.inn !== undefined || identifiers.ogrn !== undefined
  if (method === 'COMPANY' && !isCompany) {
    refusals.push({
      code: 'signme.company-missing',
      field: 'recipient.identifiers.inn',
      advice: 'Give the INN or the OGRN of the company on whose behalf is signed.',
    })
  }
  if (method === 'PERSON' && identifiers.ogrn !== undefined) {
    refusals.push({
      code: 'recipient-kind',
      field: 'recipient.identifiers.ogrn',
      advice: 'Leave the OGRN out, or choose COMPANY: a person signs without a company.',
    })
  }
  if (method === 'PERSON' && isCompanyInn(identifiers.inn)) {
    refusals.push({
      code: 'recipient-kind',
      field: 'recipient.identifiers.inn',
      advice: 'Give the INN of the person, twelve digits, or choose COMPANY.',
    })
  }
  const strange = strangeNumber(identifiers)
  if (strange !== undefined) {
    refusals.push({
      code: 'signme.strange-number',
      field: `recipient.identifiers.${strange}`,
      advice: 'Leave it out, or give SNILS, INN or OGRN: no certificate of Russia carries it.',
    })
  }
  const provable = Object.values(identifiers).some((each) => each !== undefined)
  if (!provable && !connection.trustsContact) {
    refusals.push({
      code: 'signme.contact-proves-nothing',
      field: 'recipient.identifiers.snils',
      advice:
        'Give the SNILS or the INN too: this connection takes nobody by phone or e-mail alone.',
    })
  }

  return refusals
}

/** A number that no signature of here could ever answer: its request would never be completed. */
function strangeNumber(identifiers: NationalIdentifiers): string | undefined {
  const { snils, inn, ogrn, esiaOid, rafp, ...foreign } = identifiers
  const isProvable = [snils, inn, ogrn].some((each) => each !== undefined)
  const numbers = isProvable ? foreign : { ...foreign, esiaOid, rafp }

  return Object.entries(numbers).find(([, value]) => value !== undefined)?.[0]
}

function fileRefusals({ connection, documents }: PlanInput<SignmeConnection>): readonly Refusal[] {
  const { maxFiles, maxBytes } = connection
  const refusals: Refusal[] = documents.flatMap(({ size }, index) =>
    size > 0
      ? []
      : [
          {
            code: 'signme.file-empty',
            field: `documents[${index}]`,
            advice: 'Choose a file that is not empty.',
          },
        ],
  )
  if (documents.length > maxFiles) {
    refusals.push({
      code: 'signme.too-many-files',
      field: 'documents',
      advice: `Send at most ${maxFiles} files at once.`,
    })
  }
  if (documents.reduce((sum, { size }) => sum + size, 0) > maxBytes) {
    refusals.push({
      code: 'signme.too-large',
      field: 'documents',
      advice: `Send at most ${maxBytes} bytes at once.`,
    })
  }

  return refusals
}
