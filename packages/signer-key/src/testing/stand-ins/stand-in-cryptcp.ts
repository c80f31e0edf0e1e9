/** Stands in for `cryptcp` of CryptoPro CSP in tests. */
import { readFileSync } from 'node:fs'
import { beginStandIn, endCsp, expectArguments, expectPrivate, signCms } from './run-stand-in.ts'

const { config, args } = beginStandIn()
const asksPin = args.includes('-askpin')
expectArguments(args, [
  ...['-sign', '-detached', '-der', '-strict', '-cert', '-cadesbes', '-nochain'],
  ...['-hashAlg', '*', '-thumbprint', '*', ...(asksPin ? ['-askpin'] : []), '*', '*'],
])
const [input = '', output = ''] = args.slice(-2)
expectPrivate(input)
const after = (option: string): string => args[args.indexOf(option) + 1] ?? ''
if (config.fault === 'licence') {
  endCsp('8007065b')
}
if (config.fault === 'pin-blocked') {
  endCsp('8010006c')
}
if (after('-thumbprint') !== config.thumbprint) {
  endCsp('80092004')
}
if (config.pin !== null && !asksPin) {
  endCsp('80090022')
}
if (config.pin !== null && readFileSync(0, 'utf8') !== `${config.pin}\n`) {
  endCsp('8010006b')
}
if (after('-hashAlg') !== (config.bits === 256 ? '1.2.643.7.1.1.2.2' : '1.2.643.7.1.1.2.3')) {
  endCsp('80090008')
}
signCms(config, input, output)
endCsp('00000000')
