import { FAULT_MODES, type Fidelity, faultModes } from './egov-mobile/fault-modes.ts'
import { russianRows } from './epgu/fidelity-rows.ts'
import { signmeRows } from './signme/fidelity-rows.ts'

/** One simulated behaviour and how sure we are that the real thing does it. */
export type FidelityRow = {
  readonly simulator: 'egov-mobile' | 'trust' | 'esia' | 'epgu' | 'signme'
  readonly behaviour: string
  readonly mark: Fidelity
  /** Section of the protocol page: `kz-egov-mobile §n`, `ru-epgu-goskey §n`, `ru-signme §n`. */
  readonly section: string
}

const rows: readonly FidelityRow[] = [
  phone('QR text: mobileSign: in exact case, URL as it stands', 'seed', '2.1'),
  phone('page.link launcher with its constant parameters, link decoded once', 'seed', '2.2'),
  phone('m.egov.kz and eGov Business launchers', 'public-client', '2.3, 2.4'),
  phone('host allow-list, https except on loopback', 'public-client', '1, 9'),
  phone('no redirect is followed', 'assumed', '9'),
  phone('API #1: every field, its case and its type', 'seed', '3'),
  phone('expiry_date: the seed’s pattern and three other zones or fractions', 'public-client', '3'),
  phone('Accept-Language ru, kk or en from iOS 2.4.1 and Android 1.6.77 on', 'seed', '3'),
  phone('server messages shown from the same versions on', 'seed', '7'),
  phone('auth_type None and Token with the same bearer on GET and PUT', 'seed', '4'),
  phone('auth_type Eds: refused, its login is not simulated', 'assumed', '4.1'),
  phone('API #2: fields by method, integer ids, MIX_SIGN by version', 'seed', '4.2'),
  phone('duplicate JSON keys and duplicate ids refused', 'assumed', '4.2'),
  phone('what is shown of a document by mime', 'seed', '4.2'),
  phone('PUT of the received text with the signed values in place', 'seed', '5'),
  phone('CMS of the NCALayer profile: signingTime, signingCertificateV2', 'assumed', '13, 19'),
  phone('signature time-stamp in both CMS methods', 'seed', '6'),
  phone('TSA policy .6.4 with Streebog-512, .6.2 with SHA-256', 'public-client', '13, 15'),
  phone('SIGN_BYTES_ARRAY over the UTF-8 of the data string', 'public-client', '6'),
  phone('certificate of SIGN_BYTES_ARRAY as base64 of DER', 'assumed', '6'),
  phone('method XML: refused, its signature is not simulated', 'assumed', '14'),
  phone('200 is success, 403 shows the message and leaves the request open', 'seed', '7'),
  phone('decline: PUT of the original with status CANCELED', 'public-client', '5'),
  phone('limits: API #1 64 KiB, API #2 160 MiB, 15 s and 60 s', 'assumed', '19'),
  trust('certificate profiles: names, key usage, roles, AIA, CRL points', 'spec', '12'),
  trust('OCSP: SHA-1 and SHA-256 CertID, nonce echoed, delegated responder', 'spec', '15'),
  trust('OCSP: no nextUpdate', 'spec', '15'),
  trust('OCSP: unknown for serial numbers never issued', 'assumed', '15'),
  trust(
    'OCSP: a responder for the issuing CAs too, where the NCA has a CRL alone',
    'assumed',
    '15',
  ),
  trust('TSA: second precision, no accuracy, no tsa field', 'spec', '13'),
  trust('TSA: refuses GOST 34.311-95, reqPolicy of another digest, extensions', 'assumed', '15'),
  trust('CRL: base of a day and delta of an hour', 'assumed', '15'),
  trust('revocations of a running sandbox are forgotten when it stops', 'assumed', '15'),
]

/** Everything that the sandbox simulates, with its mark; faults of the phone included. */
export function fidelityRows(): readonly FidelityRow[] {
  return [
    ...rows,
    ...russianRows,
    ...signmeRows,
    ...faultModes.map((mode) => {
      const { fidelity, section, summary } = FAULT_MODES[mode]

      return phone(`fault ${mode}: ${summary}`, fidelity, section)
    }),
  ]
}

function phone(behaviour: string, mark: Fidelity, section: string): FidelityRow {
  return { simulator: 'egov-mobile', behaviour, mark, section: `kz-egov-mobile §${section}` }
}

function trust(behaviour: string, mark: Fidelity, section: string): FidelityRow {
  return { simulator: 'trust', behaviour, mark, section: `kz-egov-mobile §${section}` }
}
