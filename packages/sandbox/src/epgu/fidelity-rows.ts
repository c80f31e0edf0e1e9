import type { Fidelity } from '../egov-mobile/fault-modes.ts'
import type { FidelityRow } from '../fidelity.ts'
import { SIGN_FAULTS } from './sign-fault.ts'
import { SWITCHES, switchNames } from './switches.ts'

const esia = (behaviour: string, mark: Fidelity, section: string): FidelityRow => ({
  simulator: 'esia',
  behaviour,
  mark,
  section: `ru-epgu-goskey §${section}`,
})

const epgu = (behaviour: string, mark: Fidelity, section: string): FidelityRow => ({
  ...esia(behaviour, mark, section),
  simulator: 'epgu',
})

/** How sure each switch is: what turns it on was seen there. */
const SWITCH_MARKS: Readonly<Record<string, readonly [Fidelity, string]>> = {
  metaOptional: ['public-client', '3.3'],
  anyPartOrder: ['public-client', '3.3'],
  embedOnDetails: ['spec', '4.1'],
  bodyOnDetails: ['public-client', '4.1'],
  oldDownload: ['spec', '4.2'],
  bearerOnDictionary: ['public-client', '4.5'],
  bodylessDictionary: ['public-client', '4.5'],
  snilsWithoutOid: ['public-client', '5.2'],
  namespacePrefix: ['spec', '5.2'],
  longExpiration: ['public-client', '5.3'],
  resultMimePkcs7: ['public-client', '5.6'],
  digitsOnlySnils: ['public-client', '5.3'],
  archiveComment: ['assumed', '5.1'],
  acceptOneBased: ['spec', '3.3'],
  oldBulkPost: ['spec', '4.4'],
  cancelReason: ['public-client', '3.5'],
  quotas: ['spec', '2'],
}

/** Everything that the simulators of ESIA, EPGU and Goskey do, with its certainty. */
export const russianRows: readonly FidelityRow[] = [
  esia('token by API-Key: path, query, body {"accessTkn"}', 'spec', '1'),
  esia('JWT: claims, escaped slashes, RS256, 10800 s', 'spec', '1'),
  esia('signature in base64url, and in percent-encoded base64', 'spec', '1'),
  esia('a raw plus has become a blank: ESIA-005002', 'assumed', '1'),
  esia('content detached, or embedded and equal to the UUID', 'assumed', '1'),
  esia('signing time of the last 24 hours', 'spec', '1'),
  esia('certificate with organisation data, and of the organisation of the key', 'spec', '1'),
  esia('codes of table 92', 'spec', '1'),
  esia('HTTP status of each code, body {"code","message"}', 'assumed', '1'),
  esia('404 for a key that is no UUID', 'public-client', '1'),
  epgu('401 without body for a token that is not taken, 204 for an unknown order', 'spec', '2'),
  epgu('error codes; their HTTP status', 'assumed', '2'),
  epgu('20 orders in 10 minutes per user and service, requests per system', 'spec', '2'),
  epgu('quota of orders: 409 limitation_exception; of requests: 429', 'assumed', '2'),
  epgu('reserve: JSON meta in lower camel case', 'spec', '3.1'),
  epgu('push: at most 50 000 000 bytes, meta as application/json', 'spec', '3.2'),
  epgu(
    'chunks: sizes, counted from 0, first and last in their places, five minutes',
    'spec',
    '3.3',
  ),
  epgu('chunks: parts in the order of the table', 'assumed', '3.3'),
  epgu('chunks: a middle one may come again; after the last none is taken', 'assumed', '3.3'),
  epgu('chunks: after five minutes an upload begins anew', 'assumed', '3.3'),
  epgu('cancel: never for Goskey, 409 cancel_not_allowed', 'spec', '3.5'),
  epgu('details: order as JSON text, key set of the samples', 'spec', '4.1'),
  epgu('details of a reserved order: OK with a draft', 'assumed', '4.1'),
  epgu('links, ids and object types of files', 'spec', '4.1'),
  epgu('download: current route, mnemonic of the link, eserviceCode checked', 'spec', '4.2'),
  epgu('download: a sent file by the number of the order or of the status history', 'spec', '4.2'),
  epgu('download: 302 to the same host, token and cookies asked again', 'public-client', '4.2'),
  epgu('states of the gateway and their order', 'spec', '4.3'),
  epgu('how long a state of the gateway lasts', 'assumed', '4.3'),
  epgu('bulk statuses: form, pages from 0', 'spec', '4.4'),
  epgu(
    'bulk statuses: last change first, page size up to 10 000, 100 by default',
    'assumed',
    '4.4',
  ),
  epgu('bulk statuses: an order that the portal does not have yet is NOT_FOUND', 'assumed', '4.4'),
  epgu('dictionary: envelope, pages from 1, error 7; own entries', 'spec', '4.5'),
  epgu('services by namespace: 10000000374', 'spec', '5.1'),
  epgu('services by namespace: 60025907, 60080470', 'public-client', '5.1'),
  epgu('req.xml 1.8: sequence, limits; own schema', 'spec', '5.2'),
  epgu('req.xml 1.9: flat, RFOrg and ForeignOrg; own schema', 'public-client', '5.3'),
  epgu('archive: flat, names, formats, 15, 20 or 50 documents, 100 000 000 bytes', 'spec', '5.4'),
  epgu('archive: sign_config.xml', 'spec', '5.4'),
  epgu('sender signatures: detached CAdES-BES, verified to the test CA', 'spec', '6'),
  epgu('sender signatures: by the organisation of the token', 'seed', '5.4'),
  epgu('24 hours for the recipient, 8 for a signature that is not verified', 'spec', '5.5'),
  epgu('profile 1.9: SignExpiration ends the time earlier', 'assumed', '5.3'),
  epgu('outcomes DONE and EXPIRED with their codes', 'spec', '5.5'),
  epgu('codes and ids of the other outcomes', 'assumed', '5.5'),
  epgu('result files, hasResult false, "R" in the history', 'spec', '5.6'),
  epgu('recipient signatures in BER or DER, UNEP or UKEP by namespace', 'spec', '6'),
  epgu('service 60099901, which exists nowhere else', 'assumed', '7'),
  ...SIGN_FAULTS.map((kind) => epgu(`fault of a result: ${kind}`, 'assumed', '5.6')),
  ...switchNames.map((name) => {
    const [mark, section] = SWITCH_MARKS[name] ?? ['assumed', '7']

    return epgu(`switch ${name}: ${SWITCHES[name].summary}`, mark, section)
  }),
]
