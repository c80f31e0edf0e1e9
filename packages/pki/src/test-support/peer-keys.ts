import type { PeerKey } from './random-peer-case.ts'

const gost = (name: string, algorithm: string, set: string, digest: string): PeerKey => ({
  name,
  genpkey: ['-algorithm', algorithm, '-pkeyopt', `paramset:${set}`],
  digest,
})

/** GOST keys of gost-engine: 256-A under both of its names, and 512-A. */
export const gostPeerKeys: readonly PeerKey[] = [
  gost('256, CryptoPro-A', 'gost2012_256', 'A', 'md_gost12_256'),
  gost('256, TC26-A', 'gost2012_256', 'TCA', 'md_gost12_256'),
  gost('512, TC26-A', 'gost2012_512', 'A', 'md_gost12_512'),
]

const curve = (name: string, digest: string): PeerKey => ({
  name,
  genpkey: ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`],
  digest,
})

/** Keys that every OpenSSL makes. */
export const plainPeerKeys: readonly PeerKey[] = [
  {
    name: 'RSA',
    genpkey: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
    digest: 'sha256',
  },
  curve('P-256', 'sha256'),
  curve('P-384', 'sha384'),
  curve('P-521', 'sha512'),
  curve('brainpoolP256r1', 'sha256'),
  curve('brainpoolP384r1', 'sha384'),
  curve('brainpoolP512r1', 'sha512'),
  {
    name: 'DSA',
    genparam: ['-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024'],
    genpkey: ['-paramfile', 'parameters.pem'],
    digest: 'sha256',
  },
]
