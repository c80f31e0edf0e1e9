import { readFile } from 'node:fs/promises'
import type { PackageFile } from './open-package.ts'
import type { Order } from './order.ts'
import { childrenOf, childText, readXml, XmlFault, type XmlNode } from './read-xml.ts'
import { noticeSchema } from './schemas/notice-schema.ts'

const GUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'

/** File names of the sandbox's own service. */
export const NOTICE_NAMES = {
  request: new RegExp(`^req_${GUID}\\.xml$`),
  business: new RegExp(`^trans_${GUID}\\.xml$`),
} as const

/**
 * Checks both XML files of a notice: schema, one GUID in both names and both texts, the order number that
 * was reserved, and the organisation of the token.
 *
 * @throws {XmlFault} for what breaks the schema or the numbers; `refuse` for another applicant
 */
export async function checkNotice(
  order: Order,
  {
    request,
    business,
    refuse,
  }: {
    readonly request: PackageFile
    readonly business: PackageFile
    readonly refuse: (message: string) => Error
  },
): Promise<void> {
  const guid = NOTICE_NAMES.request.exec(request.name)?.[1]
  if (guid !== NOTICE_NAMES.business.exec(business.name)?.[1]) {
    throw new XmlFault('the two files have different GUIDs in their names')
  }
  const head = await readValid(request, 'NoticeRequest')
  const body = await readValid(business, 'Notice')
  if (childText(head, 'Guid') !== guid || childText(body, 'Guid') !== guid) {
    throw new XmlFault('Guid differs from the file name')
  }
  if (childText(head, 'OrderId') !== String(order.id)) {
    throw new XmlFault(`OrderId is not ${order.id}`)
  }
  const [applicant] = childrenOf(head, 'Applicant')
  if (applicant === undefined || childText(applicant, 'INN') !== order.user.organisation.inn) {
    throw refuse('ИНН заявителя не совпадает с организацией')
  }
}

async function readValid(file: PackageFile, rootName: string): Promise<XmlNode> {
  const xml = await readXml(await readFile(file.path))
  try {
    xml.validate(noticeSchema.text)
    if (xml.root.name !== rootName) throw new XmlFault(`${file.name}: root is not ${rootName}`)

    return xml.root
  } finally {
    xml.dispose()
  }
}
