import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CmsSigner,
  createSignedData,
  createSigningKey,
  type OctetSource,
  parseCertificate,
} from '@muhr/pki'
import { withFile } from './file-source.ts'
import type { Order, OrderFile } from './order.ts'
import { type Recipient, recipientSpec } from './recipients.ts'
import { GOSKEY_NAMESPACES } from './schemas/goskey-schemas.ts'
import type { SignFault, SignFaultKind } from './sign-fault.ts'
import type { EpguState } from './state.ts'

type SignOptions = {
  readonly recipient: Recipient
  readonly fault: SignFault | undefined
  /** Signing time, ms. */
  readonly at: number
}

/**
 * Signs every document as Goskey does, detached CAdES-BES over its bytes, and lays out the files of the answer
 * (ru-epgu-goskey §5.6): the signature under the name of its document as mnemonic, the document and req.xml
 * under their names with `_attach`. req.xml is not signed by the recipient.
 */
export async function signResults(
  state: EpguState,
  order: Order,
  options: SignOptions,
): Promise<readonly OrderFile[]> {
  const folder = join(order.folder, 'results')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const documents = order.attachments.filter(({ fileName }) => fileName !== 'req.xml')
  const requests = order.attachments.filter((file) => !documents.includes(file))
  const results: OrderFile[] = []
  for (const [index, document] of documents.entries()) {
    const fault = faultOf(options.fault, document, index)
    if (fault !== 'missing') {
      results.push(
        await signDocument(state, order, {
          ...options,
          document,
          fault,
          place: join(folder, `${index}.sig`),
        }),
      )
    }
    if (fault === 'two-signatures') {
      const place = join(folder, `${index}-2.sig`)
      const second = await signDocument(state, order, { ...options, document, fault, place })
      results.push({ ...second, mnemonic: `${document.fileName}_2` })
    }
    results.push({ ...document, mnemonic: `${document.fileName}_attach` })
  }

  return [...results, ...requests.map((file) => ({ ...file, mnemonic: `${file.fileName}_attach` }))]
}

/** Another person signs all documents unless one is named; every other fault hits one document. */
function faultOf(
  fault: SignFault | undefined,
  { fileName }: OrderFile,
  index: number,
): SignFaultKind | undefined {
  if (fault === undefined) return undefined
  if (fault.file !== undefined) return fault.file === fileName ? fault.kind : undefined

  return fault.kind === 'other-person' || index === 0 ? fault.kind : undefined
}

async function signDocument(
  state: EpguState,
  order: Order,
  options: Omit<SignOptions, 'fault'> & {
    readonly document: OrderFile
    readonly fault: SignFaultKind | undefined
    readonly place: string
  },
): Promise<OrderFile> {
  const { document, fault, place, recipient } = options
  const signers = await signersOf(state, order, options)
  const make = (content: OctetSource): Promise<Uint8Array> =>
    createSignedData({ content, form: 'detached', signers, encoding: recipient.encoding })
  const bytes =
    fault === 'unreadable'
      ? Buffer.from('<html>502 Bad Gateway</html>')
      : fault === 'other-bytes'
        ? await make(Buffer.from('другие байты'))
        : await withFile(document.path, make)
  await writeFile(place, bytes, { mode: 0o600 })

  return {
    fileName: `${document.fileName}.sig`,
    mnemonic: document.fileName,
    size: bytes.length,
    mimeType: state.switches.resultMimePkcs7
      ? 'application/x-pkcs7-signature'
      : 'application/octet-stream',
    hasSignature: false,
    path: place,
  }
}

async function signersOf(
  state: EpguState,
  order: Order,
  {
    recipient,
    fault,
    at,
  }: Omit<SignOptions, 'fault'> & { readonly fault: SignFaultKind | undefined },
): Promise<readonly CmsSigner[]> {
  const namespace = order.request?.namespace
  const kind = {
    isQualified: namespace !== GOSKEY_NAMESPACES.unep,
    isLegal: namespace === GOSKEY_NAMESPACES.legal,
  }
  const other = state.recipients
    .list()
    .find(
      ({ id, organisation }) =>
        id !== recipient.id && (!kind.isLegal || organisation !== undefined),
    )
  const signerOf = async (spec: Parameters<typeof state.world.pki.russianKey>[0]) => {
    const { privateKey, certificate } = await state.world.pki.russianKey(spec)

    return {
      key: createSigningKey(privateKey),
      certificate: parseCertificate(certificate),
      signingTime: new Date(at),
    }
  }
  const own = await signerOf(recipientSpec(recipient, kind))
  const strange = async () => signerOf(recipientSpec(other ?? recipient, kind))
  switch (fault) {
    case 'other-person':
      return [await strange()]
    case 'two-signers':
      return [own, await strange()]
    case 'expired-certificate':
      return [
        await signerOf({
          ...recipientSpec(recipient, kind),
          name: `${recipientSpec(recipient, kind).name}-expired`,
          state: 'expired',
        }),
      ]
    default:
      return [own]
  }
}
