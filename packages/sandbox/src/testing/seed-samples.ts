/** Requests of the seed's shape, built by hand for the tests of the phone. */

/** API #1 as in the seed's example, with API #2 and times of the test's own. */
export function api1Sample(
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    description: 'Подписание документов',
    expiry_date: '2030-01-01T04:52:23.626Z',
    organisation: {
      nameRu: 'АО "НИТ"',
      nameKz: '"ҰАТ" АҚ',
      nameEn: 'NITEC',
      bin: '000740000728',
    },
    document: {
      uri: 'http://127.0.0.1:1/documents',
      auth_type: 'Token',
      auth_token: '2dffe45dssvg',
    },
    ...changes,
  }
}

/** One document of API #2. */
export function documentSample(
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: 1,
    nameRu: 'Договор аренды',
    nameKz: 'Жалға алу шарты',
    nameEn: 'Lease Agreement',
    meta: [{ name: 'Номер договора', value: '123/ABC' }],
    document: { file: { mime: 'application/pdf', data: 'JVBERi0xLjcK' } },
    ...changes,
  }
}

/** API #2 with one document. */
export function api2Sample(
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    signMethod: 'CMS_WITH_DATA',
    version: 1,
    documentsToSign: [documentSample()],
    ...changes,
  }
}
