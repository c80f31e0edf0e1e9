/** Stands in for `pkcs11-tool` of OpenSC with a Russian token in tests. */
import { writeFileSync } from 'node:fs'
import { beginStandIn, expectArguments, expectPrivate, fail, openssl } from './run-stand-in.ts'

const { config, args } = beginStandIn()
const has = (option: string): boolean => args.includes(option)
const after = (option: string): string => args[args.indexOf(option) + 1] ?? ''
expectArguments(args, [
  ...['--module', '/usr/lib/librtpkcs11ecp.so'],
  ...(has('--token-label') ? ['--token-label', 'Muhr'] : []),
  ...(has('--login') ? ['--login', '--pin', 'env:MUHR_TOKEN_PIN'] : []),
  ...['--id', '0a1b'],
  ...(has('--sign')
    ? ['--sign', '--mechanism', '*', '--input-file', '*', '--output-file', '*']
    : ['--read-object', '--type', 'cert', '--output-file', '*']),
])
const endToken = (returned: string): never => {
  process.stderr.write(`error: PKCS11 function C_Login failed: rv = ${returned} (0x0)\n`)
  process.exit(1)
}
if (has('--read-object')) {
  const certificate = ['x509', '-in', config.certificateFile, '-outform', 'DER']
  openssl(config, [...certificate, '-out', after('--output-file')])
  process.exit(0)
}
expectPrivate(after('--input-file'))
if (config.fault === 'pin-blocked') {
  endToken('CKR_PIN_LOCKED')
}
if (config.pin !== null && !has('--login')) {
  endToken('CKR_USER_NOT_LOGGED_IN')
}
if (config.pin !== null && process.env['MUHR_TOKEN_PIN'] !== config.pin) {
  endToken('CKR_PIN_INCORRECT')
}

const mechanisms: Record<string, readonly [256 | 512, 'digest' | 'data']> = {
  GOSTR3410: [256, 'digest'],
  GOSTR3410_512: [512, 'digest'],
  'GOSTR3410-WITH-GOSTR3411-12-256': [256, 'data'],
  'GOSTR3410-WITH-GOSTR3411-12-512': [512, 'data'],
}
const [bits, subject] = mechanisms[after('--mechanism')] ?? fail('unknown mechanism')
if (bits !== config.bits) {
  endToken('CKR_KEY_TYPE_INCONSISTENT')
}
const signature =
  subject === 'data'
    ? openssl(config, [
        ...['dgst', '-engine', 'gost', `-md_gost12_${bits}`, '-sign', config.keyFile],
        ...['-binary', after('--input-file')],
      ])
    : openssl(config, [
        ...['pkeyutl', '-sign', '-engine', 'gost', '-inkey', config.keyFile],
        ...['-in', after('--input-file')],
      ])
const half = signature.length / 2
const [s, r] = [signature.subarray(0, half), signature.subarray(half)]
const orders = {
  sr: [s, r],
  rs: [r, s],
  reversed: [r.toReversed(), s.toReversed()],
  'halves-reversed': [s.toReversed(), r.toReversed()],
}
writeFileSync(after('--output-file'), Buffer.concat(orders[config.order]))
