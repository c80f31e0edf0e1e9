/** One contour of the portal: its services, and whether they ask for GOST TLS (spec §0). */
export type Contour = {
  readonly esiaUrl: string
  readonly epguUrl: string
  /** The cabinet where systems are registered and API-Keys issued. */
  readonly cabinetUrl: string
  /**
   * `gost`: cipher suite 0xFF85, which Node.js does not have. Such a host is reached through a local
   * terminator, whose address then stands for it.
   */
  readonly tls: 'plain' | 'gost'
}

/** The contours that are known. Nothing here is ever used unless it is passed in. */
export const contours = {
  test: {
    esiaUrl: 'https://esia-portal1.test.gosuslugi.ru',
    epguUrl: 'https://svcdev-beta.test.gosuslugi.ru',
    cabinetUrl: 'https://svcdev-partners.test.gosuslugi.ru',
    tls: 'plain',
  },
  'test-gost': {
    esiaUrl: 'https://esia-portal1.test.gosuslugi.ru',
    epguUrl: 'https://svcdev-gostapi.test.gosuslugi.ru',
    cabinetUrl: 'https://svcdev-partners.test.gosuslugi.ru',
    tls: 'gost',
  },
  production: {
    esiaUrl: 'https://esia.gosuslugi.ru',
    epguUrl: 'https://www.gosuslugi.ru',
    cabinetUrl: 'https://partners.gosuslugi.ru',
    tls: 'gost',
  },
} as const satisfies Record<string, Contour>

export type ContourName = keyof typeof contours
