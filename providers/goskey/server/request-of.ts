import type { Instant, Recipient } from '@muhr/envelope'
import type {
  GoskeyRecipient,
  GoskeyRequest,
  RequestAttribute,
  RequestProfile,
} from '@muhr/epgu/goskey'
import { requestLimits } from '@muhr/epgu/goskey'
import { requestLifeMs } from './capabilities.ts'
import type { GoskeyConnection } from './connection.ts'
import { serviceOf } from './methods.ts'

/** Our clock and that of the portal may differ by so much, ms: the window ends this much early. */
const clockSlackMs = 300_000

/** What 1.8 calls the service; the operator reserves the value and ignores it. */
const serviceName = 'Подписание документов'

/** When the signing time of a request ends that leaves at a moment: a day later, or at the deadline. */
export function expiryOf(dispatchAt: Instant, deadline: Instant | undefined): Date {
  const end = Date.parse(dispatchAt) + requestLifeMs - clockSlackMs

  return new Date(deadline === undefined ? end : Math.min(end, Date.parse(deadline)))
}

/** Everything that req.xml says, for one recipient of one method. */
export function requestOf(input: {
  readonly connection: GoskeyConnection
  readonly method: string
  readonly recipient: Pick<Recipient, 'identifiers'>
  readonly title: string
  readonly expiresAt: Date
}): GoskeyRequest {
  const { connection, method, recipient, title, expiresAt } = input
  const { profile, backlink } = connection

  return {
    service: serviceOf(method),
    profile,
    recipient: recipientOf(method, recipient, profile),
    description: descriptionOf(title),
    ...(backlink === undefined ? {} : { backlink }),
    expiresAt,
    attributes: attributesOf(connection),
  }
}

/**
 * Whom req.xml names. A person has a SNILS or an ESIA id; where both are known, 1.8 takes both, and 1.9 the
 * id, which names the account itself: the SNILS is still looked for in the certificate.
 */
function recipientOf(
  method: string,
  { identifiers }: Pick<Recipient, 'identifiers'>,
  profile: RequestProfile,
): GoskeyRecipient {
  const { snils, esiaOid: oid, ogrn, rafp, inn } = identifiers
  if (method === 'UKEP_LEGAL' && rafp !== undefined) {
    return { kind: 'foreign-organisation', rafp, inn: inn ?? '' }
  }
  const isSnilsTold = snils !== undefined && (oid === undefined || profile === '1.8')
  const person = {
    ...(isSnilsTold ? { snils } : {}),
    ...(oid === undefined ? {} : { oid }),
  }

  return method === 'UKEP_LEGAL'
    ? { kind: 'russian-organisation', ...person, ogrn: ogrn ?? '' }
    : { kind: 'person', ...person }
}

function attributesOf(connection: GoskeyConnection): readonly RequestAttribute[] {
  const orgName = { name: 'orgName', value: connection.organisationName }

  return connection.profile === '1.8'
    ? [
        { name: 'mnemonics', value: connection.mnemonic },
        { name: 'serviceName', value: serviceName },
        orgName,
      ]
    : [orgName, { name: 'orgINN', value: connection.organisationInn }]
}

/** The title in one line, as long as the app shows it. */
function descriptionOf(title: string): string {
  return [...title.replace(/\s+/g, ' ').trim()].slice(0, requestLimits.description).join('')
}
