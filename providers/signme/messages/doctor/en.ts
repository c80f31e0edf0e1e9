import type { SignmeDoctorKey } from './ru.ts'

export const en = {
  'doctor.host.passed': 'The address answers.',
  'doctor.host.unreachable':
    'The address does not answer. Check it, the network, the proxy and the GOST TLS terminator before it.',
  'doctor.key.passed': 'Sign.Me takes the access key.',
  'doctor.key.refused':
    'Sign.Me does not take the access key. A key is tied to its registered site: a right one is refused too when the call left from another address or domain. Compare key and address of this connection, then ask Sign.Me from which addresses the site is registered.',
  'doctor.key.unclear': 'The answer of Sign.Me tells nothing of the key. Try again later.',
  'doctor.push.loopback':
    'Sign.Me cannot reach us: the public address leads to this very computer. Set MUHR_PUBLIC_URL; until then signatures are found by asking.',
  'doctor.notification.address':
    'The staff of Sign.Me must have noted this address for notifications beside your key.',
} as const satisfies Readonly<Record<SignmeDoctorKey, string>>
