import type { EnvelopeDocument, Plan, PlanInput, Refusal } from '@muhr/envelope'
import {
  checkDocuments,
  checkRequest,
  type DocumentLimits,
  documentLimits,
  goskeyRules,
  type Violation,
} from '@muhr/epgu/goskey'
import type { GoskeyConnection } from './connection.ts'
import { isGoskeyMethod, serviceOf } from './methods.ts'
import { expiryOf, requestOf } from './request-of.ts'

/** What the seal of a package is for, as the clerk's page and the log call it. */
export const packagePurpose = 'goskey-package'

/**
 * Plans the requests of a signing: one, or where the connection says so as many as the limits of a
 * package ask for. Refuses by the name of each rule of Goskey that is broken; whether the content of a
 * file is what its name says is looked at when it is sealed.
 */
export function plan(input: PlanInput<GoskeyConnection>): Plan {
  const { connection, method, documents } = input
  if (!isGoskeyMethod(method) || !connection.methods.includes(method)) {
    return { kind: 'refused', refusals: [methodRefusal(connection)] }
  }
  const limits = documentLimits(serviceOf(method), connection.profile, connection.breadth)
  const parts = connection.whenTooLarge === 'split' ? split(documents, limits) : [documents]
  const refusals = [
    ...recipientRefusals(input),
    ...requestRefusals(input),
    ...documentRefusals(documents, parts, limits),
  ]
  if (refusals.length > 0) return { kind: 'refused', refusals }

  return {
    kind: 'planned',
    requests: parts.map((part) => ({
      method,
      contents: part.map(({ id }) => ({ document: id, derivation: 'identity' })),
      seals: [{ purpose: packagePurpose, items: 'built' }],
    })),
  }
}

function methodRefusal({ methods }: GoskeyConnection): Refusal {
  return {
    code: 'method-not-allowed',
    field: 'method',
    advice: `This connection signs by ${methods.join(', ')}.`,
  }
}

/**
 * Numbers that the certificate of the recipient cannot prove would leave its identity open for ever: that
 * of an organisation for a person, an ESIA id alone.
 */
function recipientRefusals({ method, recipient }: PlanInput<GoskeyConnection>): Refusal[] {
  const { ogrn, rafp, esiaOid, snils, inn } = recipient.identifiers
  if (esiaOid !== undefined && snils === undefined && inn === undefined) {
    return [
      {
        code: 'recipient-unprovable',
        field: 'recipient.identifiers.snils',
        advice: 'Give the SNILS or the INN beside the ESIA id, which no certificate carries.',
      },
    ]
  }
  if (method === 'UKEP_LEGAL') {
    return ogrn !== undefined && rafp !== undefined
      ? [
          {
            code: 'recipient-identifier-ambiguous',
            field: 'recipient.identifiers.rafp',
            advice: 'Give the OGRN of a Russian organisation, or the RAFP of a foreign one.',
          },
        ]
      : []
  }

  return (['ogrn', 'rafp'] as const)
    .filter((kind) => recipient.identifiers[kind] !== undefined)
    .map((kind) => ({
      code: 'recipient-kind',
      field: `recipient.identifiers.${kind}`,
      advice: 'Leave it out, or choose UKEP_LEGAL: a person signs without organisation.',
    }))
}

function requestRefusals(input: PlanInput<GoskeyConnection>): readonly Refusal[] {
  const { connection, method, recipient, now, deadline } = input
  const request = requestOf({
    connection,
    method,
    recipient,
    // The title is the envelope's; it is cut to what Goskey shows.
    title: 'Документы',
    expiresAt: expiryOf(now, deadline),
  })

  return checkRequest(request, new Date(now)).map((violation) =>
    refusalOf(violation, fieldOf(violation.field)),
  )
}

const fields: Readonly<Record<string, string>> = {
  Snils: 'recipient.identifiers.snils',
  OID: 'recipient.identifiers.esiaOid',
  OGRN: 'recipient.identifiers.ogrn',
  RAFP: 'recipient.identifiers.rafp',
  INN_user: 'recipient.identifiers.inn',
  SignExpiration: 'deadline',
  Backlink: 'connection.backlink',
  profile: 'connection.profile',
  orgName: 'connection.organisationName',
  orgINN: 'connection.organisationInn',
  mnemonics: 'connection.mnemonic',
}

function fieldOf(field: string): string {
  return fields[field] ?? field
}

function documentRefusals(
  documents: readonly EnvelopeDocument[],
  parts: readonly (readonly EnvelopeDocument[])[],
  limits: DocumentLimits,
): readonly Refusal[] {
  return parts.flatMap((part) => {
    const violations = checkDocuments(
      part.map(({ fileName, size }) => ({ name: fileName, size })),
      limits,
    )
    const taken = new Map<string, number>()

    return violations.map((violation) => {
      // Of two equal names the later one is meant.
      const position =
        violation.rule === 'name-duplicate'
          ? documents.findLastIndex(({ fileName }) => fileName === violation.field)
          : positionOf(documents, violation, taken)

      return refusalOf(violation, position < 0 ? 'documents' : `documents[${position}]`)
    })
  })
}

/** Violations come in the order of the documents, so that two with one name are told apart. */
function positionOf(
  documents: readonly EnvelopeDocument[],
  { rule, field }: Violation,
  taken: Map<string, number>,
): number {
  const key = `${rule} ${field}`
  const position = documents.findIndex(
    ({ fileName }, index) => fileName === field && index > (taken.get(key) ?? -1),
  )
  taken.set(key, position)

  return position
}

/** A broken rule as clerks and API see it: its own name is the code. */
export function refusalOf({ rule, limit }: Violation, field: string): Refusal {
  const advice = goskeyRules[rule]

  return { code: rule, field, advice: limit === undefined ? advice : `${advice} (${limit})` }
}

/** Fills one package after the other, in the order of the documents. */
function split(
  documents: readonly EnvelopeDocument[],
  limits: DocumentLimits,
): readonly (readonly EnvelopeDocument[])[] {
  const parts: EnvelopeDocument[][] = [[]]
  let bytes = 0
  for (const document of documents) {
    const current = parts.at(-1) ?? []
    const isFull =
      current.length > 0 &&
      (current.length >= limits.documents || bytes + document.size > limits.totalBytes)
    if (isFull) parts.push([document])
    else current.push(document)
    bytes = isFull ? document.size : bytes + document.size
  }

  return parts
}
