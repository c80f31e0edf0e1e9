import type { Fidelity } from '../egov-mobile/fault-modes.ts'
import type { FidelityRow } from '../fidelity.ts'
import { CALL_FAULTS, PUSH_FAULTS, SIGN_FAULTS } from './faults.ts'
import {
  SHAPES,
  type ShapeName,
  SWITCHES,
  type SwitchName,
  shapeNames,
  switchNames,
} from './switches.ts'

const signme = (behaviour: string, mark: Fidelity, section: string): FidelityRow => ({
  simulator: 'signme',
  behaviour,
  mark,
  section: `ru-signme §${section}`,
})

/** How sure each switch is: who was seen to need it. */
const SWITCH_MARKS: Readonly<Record<SwitchName, readonly [Fidelity, string]>> = {
  rawJson: ['public-client', '2.1'],
  multipart: ['public-client', '11'],
  plainFields: ['public-client', '4.3'],
  unknownKeys: ['public-client', '4.1'],
  apiKeyAlias: ['public-client', '2.1'],
  fileAlias: ['public-client', '4.2'],
  md5Optional: ['public-client', '4.2'],
  plusRepair: ['public-client', '2.1'],
  freePhones: ['public-client', '4.1'],
  quotedForJson: ['public-client', '2.2'],
  statusByPost: ['assumed', '4.4'],
  doubleSlash: ['public-client', '3'],
  cors: ['public-client', '14'],
  newerApi: ['public-client', '11'],
  suffixQuoted: ['public-client', '2.2'],
  attached: ['assumed', '4.2'],
  slashRedirect: ['assumed', '3'],
}

const SHAPE_MARKS: Readonly<Record<ShapeName, readonly [Fidelity, string]>> = {
  statusType: ['seed', '2.3'],
  errorHttp: ['assumed', '2.2'],
  indexBase: ['public-client', '4.2'],
  containerEncoding: ['assumed', '4.10'],
  noemailAlias: ['public-client', '4.1'],
  gostHash: ['assumed', '6.3'],
  sigdateFormat: ['assumed', '4.2'],
}

/** Everything that the simulator of Sign.Me does, with its certainty. */
export const signmeRows: readonly FidelityRow[] = [
  signme('sign: JSON in the urlencoded field rfile, its keys', 'seed', '4.1'),
  signme('sign: suffix as plain text, rid and 32 hex digits', 'public-client', '1'),
  signme('several files: mfile, UUID of version 1', 'seed', '4.6'),
  signme('several files: at most 15 of 50 MB together', 'assumed', '4.6'),
  signme(
    'every file of a group has a suffix of its own, and can be signed alone',
    'assumed',
    '4.7',
  ),
  signme('errors of sign: number and text', 'seed', '5'),
  signme('the order in which errors of sign are looked for', 'assumed', '5'),
  signme('an MD5 that differs: error 3', 'assumed', '5'),
  signme('an unknown SNILS: error 6: wrong user snils', 'assumed', '5'),
  signme('an unknown field of a package: wrong json', 'assumed', '2.1'),
  signme('a return address that is no web URL: error 6', 'assumed', '6.1'),
  signme('error 0: wrong method; wrong_method for reject', 'seed', '5'),
  signme('HTTP status and type of answers', 'assumed', '2.2'),
  signme('no signer named: whoever logs in signs', 'assumed', '4.1'),
  signme('equal requests make two', 'spec', '8'),
  signme('poemail', 'seed', '4.1'),
  signme('noemail', 'public-client', '4.1'),
  signme('check: file, md5, answer with every field; no key', 'seed', '4.2'),
  signme('check: signatures numbered from 1, format of sigdate', 'public-client', '4.2'),
  signme('check: numbers of key and certificate, form of public_key, links', 'assumed', '4.2'),
  signme('check: unknown MD5 looks like one that nobody signed', 'assumed', '4.2'),
  signme('check: an expired certificate has crt_status 5', 'assumed', '4.2'),
  signme('signatures of every request under one MD5', 'public-client', '4.1'),
  signme('container: detached CMS with the attributes of CAdES-B', 'assumed', '13'),
  signme('container: GOST R 34.10-2012/256, or RSA with SHA-256', 'assumed', '9'),
  signme('container with all signatures, by MD5', 'seed', '4.10'),
  signme('container of one request', 'public-client', '4.10'),
  signme('container of a file that nobody signed: 404', 'assumed', '4.10'),
  signme('check page: UUID, shown once; script that draws it', 'seed', '4.3'),
  signme('check page of several files: field jsonrequest, shown once', 'assumed', '4.9'),
  signme('errors of check and check page', 'seed', '5'),
  signme('status 0 to 3 as text, comment of a rejected one', 'seed', '4.4'),
  signme('status 4 as number, when files differ', 'seed', '4.7'),
  signme('status of an unknown suffix: 404', 'assumed', '4.4'),
  signme('reject: results, date and reason; lastdate and lastreason', 'seed', '4.5, 4.8'),
  signme('reject of what is signed or deleted: wrong_source_or_id', 'assumed', '4.5'),
  signme('reject with an unknown key: wrong_source', 'assumed', '4.5'),
  signme('form of dates: dd.mm.yyyy HH:MM:SS in Moscow', 'assumed', '4.2'),
  signme('return: ?signed=true, ?signed=false&error=, & after a ?; errno', 'seed', '6.1'),
  signme('return also after a wrong password, the request stays open', 'spec', '9'),
  signme('push: GET: in place of the return, no redirect followed', 'seed', '6.2'),
  signme('push: for failures too', 'seed', '6.2'),
  signme('push and notification: made once, 10 seconds', 'assumed', '6.2'),
  signme('notification: apikey, md5hash, gosthash, one for each file', 'seed', '6.3'),
  signme('look and fields of the pages; a refusal needs no password', 'assumed', '9'),
  signme('start page with the requests of who logs in', 'assumed', '9'),
  signme('answers of signapi/sign, sign/cer and register/*', 'public-client', '11'),
  ...CALL_FAULTS.map((fault) => signme(`fault of a call: ${fault}`, 'assumed', '9')),
  ...SIGN_FAULTS.map((fault) => signme(`fault of a signature: ${fault}`, 'assumed', '9')),
  ...PUSH_FAULTS.map((fault) => signme(`fault of a push: ${fault}`, 'assumed', '9')),
  ...switchNames.map((name) =>
    signme(`switch ${name}: ${SWITCHES[name].summary}`, ...SWITCH_MARKS[name]),
  ),
  ...shapeNames.map((name) =>
    signme(`switch ${name}: ${SHAPES[name].join(', ')}`, ...SHAPE_MARKS[name]),
  ),
]
