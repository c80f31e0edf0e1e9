/** Stands in for `csptest` of CryptoPro CSP in tests. */
import { beginStandIn, endCsp, expectArguments, expectPrivate, signCms } from './run-stand-in.ts'

const { config, args } = beginStandIn()
const hasPin = args.includes('-password')
expectArguments(args, [
  ...['-sfsign', '-sign', '-detached', '-add', '-addsigtime', '-cades_strict'],
  ...['-alg', '*', '-my', '*', ...(hasPin ? ['-password', '*'] : []), '-in', '*', '-out', '*'],
])
const after = (option: string): string => args[args.indexOf(option) + 1] ?? ''
expectPrivate(after('-in'))
if (config.fault === 'licence') {
  endCsp('8007065b')
}
if (config.fault === 'pin-blocked') {
  endCsp('8010006c')
}
if (after('-my') !== config.thumbprint) {
  endCsp('80092004')
}
if (config.pin !== null && !hasPin) {
  endCsp('80090022')
}
if (config.pin !== null && after('-password') !== config.pin) {
  endCsp('8010006b')
}
if (after('-alg') !== `GOST12_${config.bits}`) {
  endCsp('80090008')
}
signCms(config, after('-in'), after('-out'))
endCsp('00000000')
