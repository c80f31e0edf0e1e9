/** A certificate of a national authority that was published, known by its fingerprint. */
export type KnownAuthority = {
  readonly country: 'KZ' | 'RU' | 'UZ'
  /** `root`: self-signed. `issuing`: under a root of the table. */
  readonly kind: 'root' | 'issuing'
  /** `test`: the authority's own test environment; never mixed with production. */
  readonly environment: 'production' | 'test'
  /** Common name, as published. */
  readonly name: string
  /** Algorithm family and year, for people. */
  readonly generation: string
  /** SHA-256 of the DER, hex. */
  readonly sha256: string
}

/**
 * Published national authorities by fingerprint (kz-egov-mobile.md §12.1, authority.md §2.2, the Uzbek
 * registry). The product ships no certificates: the operator adds the files, and this table says which
 * of them are what they claim. Being listed makes nothing trusted.
 */
export const knownAuthorities: readonly KnownAuthority[] = Object.freeze([
  {
    country: 'KZ',
    kind: 'root',
    environment: 'production',
    name: 'НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) 2022',
    generation: 'GOST 2015-512, 2022',
    sha256: 'af77725f8328bb24f89d81da3acdf7cee4324248538b7ba2cd2a860517fb9dca',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'production',
    name: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) 2022',
    generation: 'GOST 2015-512, 2022',
    sha256: '32c7d233a42703a327f3025543a05b930e3f39a786c68dfa196baa86d5618524',
  },
  {
    country: 'KZ',
    kind: 'root',
    environment: 'production',
    name: 'НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)',
    generation: 'RSA, 2020',
    sha256: '9ba06354b626641715182e4d07c9dbaa1777720fa795d03174ffc68876535dcd',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'production',
    name: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) 2022',
    generation: 'RSA, 2022',
    sha256: '84fb799a66140950818c056a5d9730acc2a7622cdd4ef0d47113b132fb892905',
  },
  {
    country: 'KZ',
    kind: 'root',
    environment: 'production',
    name: 'НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)',
    generation: 'GOST 2004, 2020',
    sha256: 'c48164ab5ccaaee6b938299a1e3aeebd6f698bb2bd716a0f0d85befc46166aa2',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'production',
    name: 'Удостоверяющий центр Государственных органов',
    generation: 'GOST 2004, 2022',
    sha256: 'eb5a5318299db447a46619d2a541f026b52c1fce8a1d371262da8f6f2d7bb6f5',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'production',
    name: 'BTSD CA',
    generation: 'GOST 2004, 2019',
    sha256: '74bb80edf34f4594e5e69b79029c64214e67630e3d16b82f952ab6e5956c5fa8',
  },
  {
    country: 'KZ',
    kind: 'root',
    environment: 'production',
    name: 'НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)',
    generation: 'GOST 2004, 2015, ended 2025',
    sha256: '9ab210e54e6b0343321131202d9edcc2598f598cfdd9ee4ec1056021ab2e9759',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'production',
    name: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)',
    generation: 'GOST 2004, 2018, ended 2025',
    sha256: '908521d0531e5645e64b34d3588374a3a83582c860e5f7293a04c41217e8cc18',
  },
  {
    country: 'KZ',
    kind: 'root',
    environment: 'production',
    name: 'НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)',
    generation: 'RSA, 2015, ended 2025',
    sha256: 'a7064abc5699827f370c67b09f1a1bfd7ad5e1514d471223df209c08300ea972',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'production',
    name: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)',
    generation: 'RSA, 2018, ended 2025',
    sha256: '34d1b311a9873191ae3382805df51e0a5da23315c512a8deeb885668ceeb5834',
  },
  {
    country: 'KZ',
    kind: 'root',
    environment: 'test',
    name: 'НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST 2022',
    generation: 'GOST 2015-512, 2022',
    sha256: 'b995e79e7c07429f8f79e185451e5599ce342ac720000f01b3854fdfa03031a6',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'test',
    name: 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST 2022',
    generation: 'GOST 2015-512, 2022',
    sha256: 'beeffc0bdb77cd798c35983eb0715f6ef0051cccb71d7cd05505e8a4fb2c6f4d',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'test',
    name: 'ҰКО 3.0 (GOST TEST)',
    generation: 'GOST 2004, 2019',
    sha256: '0307e8bdf77cb708b7c9d9a5799facdc6de7154447cb394af9ac9b528c3d82c7',
  },
  {
    country: 'KZ',
    kind: 'issuing',
    environment: 'test',
    name: 'ҰКО 3.0 (RSA TEST)',
    generation: 'RSA, 2019',
    sha256: '7e96a36409dc11e0fc99efae41f8c639e16a495d77c2f2278edb98580f997231',
  },
  {
    country: 'RU',
    kind: 'root',
    environment: 'production',
    name: 'Минкомсвязь России',
    generation: 'GOST R 34.10-2012, 2018',
    sha256: 'bae62b5b7bede326b06856fb67a2a471268f9f404e5b18fdf40261c3e63010b1',
  },
  {
    country: 'RU',
    kind: 'root',
    environment: 'production',
    name: 'Минкомсвязь России',
    generation: 'GOST R 34.10-2012, 2021',
    sha256: 'd5a17174722fa9719fe3e82a2bc0b9fd834c158603194c45a395dc66e02cd891',
  },
  {
    country: 'RU',
    kind: 'root',
    environment: 'production',
    name: 'Минцифры России',
    generation: 'GOST R 34.10-2012, 2022',
    sha256: '4bb37cc7c0ff4bf2aa893e95076ebb3565c69237ee1b61635beee4c1966495c7',
  },
  {
    country: 'RU',
    kind: 'root',
    environment: 'production',
    name: 'Минцифры России',
    generation: 'GOST R 34.10-2012, 2025',
    sha256: 'bdb075c0f81614c4edf1146ba7a5bef3d2e02980f22d1e9b03cf2afb7b675c23',
  },
  {
    country: 'RU',
    kind: 'root',
    environment: 'production',
    name: 'Минцифры России',
    generation: 'GOST R 34.10-2012, 2026',
    sha256: 'a2375989f1e52984eb138416012e1d302b44c2026290d45890640c739dd32aa8',
  },
  {
    country: 'UZ',
    kind: 'root',
    environment: 'production',
    name: "ERI markazlarini ro'yxatdan o'tkazuvchi organi",
    generation: "O'z DSt 1092:2009, 2016",
    sha256: '3b97e81dfe1dd25c4cd289bb9db11f85ad48335a61a5875a891f9d84af67e2f0',
  },
  {
    country: 'UZ',
    kind: 'root',
    environment: 'production',
    name: 'mitc.uz',
    generation: "O'z DSt 1092:2009, 2020",
    sha256: 'f3ad6988489b4a4f778a69145ec680ff812022b2dfe74067abf2b49f89029fb9',
  },
  {
    country: 'UZ',
    kind: 'issuing',
    environment: 'production',
    name: 'YANGI TEXNOLOGIYALAR ILMIY-AXBOROT MARKAZI DUK',
    generation: "O'z DSt 1092:2009, 2024",
    sha256: 'e280f1b62873faae72a0acf3efcb931e44d8acb8f983caed9b9737738ad6de63',
  },
])

const bySha256: ReadonlyMap<string, KnownAuthority> = new Map(
  knownAuthorities.map((authority) => [authority.sha256, authority]),
)

/** The published authority that a certificate with this SHA-256 (hex) belongs to, if any. */
export const knownAuthority = (sha256: string): KnownAuthority | undefined => bySha256.get(sha256)
