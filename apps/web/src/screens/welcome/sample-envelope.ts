import { newIdempotencyKey, request } from '../../api/request.ts'
import type { Envelope, EnvelopeInput, Session } from '../../api/types.ts'
import { uploadFile } from '../new-envelope/upload-file.ts'
import { drawSample, type SampleTexts } from './draw-sample.ts'

/** The test person whose keys the simulated phone of eGov Mobile holds from its first run. */
const samplePerson = { name: 'Үлгіұлы Сынақ', iin: '000140000012' } as const

/** For whom the prepared envelope is: the sandbox's own first person, when the server names one. */
export function sampleRecipient(session: Session): { readonly name: string; readonly iin: string } {
  const told = session.sandbox?.persons?.find(({ iin }) => iin !== undefined)

  return told?.iin === undefined ? samplePerson : { name: told.name, iin: told.iin }
}

/** Body of the prepared envelope. */
export function sampleInput(options: {
  readonly title: string
  readonly documentId: string
  readonly recipient: { readonly name: string; readonly iin: string }
}): EnvelopeInput {
  return {
    title: options.title,
    documents: [{ id: options.documentId }],
    recipients: [
      {
        name: options.recipient.name,
        locale: 'kk',
        orderGroup: 1,
        identifiers: { iin: options.recipient.iin },
        methods: [{ provider: 'egov-mobile', method: 'CMS_WITH_DATA' }],
      },
    ],
    send: true,
  }
}

/** Draws the document, stores it and sends the envelope. Throws ProblemError. */
export async function sendSample(options: {
  readonly session: Session
  readonly title: string
  readonly fileName: string
  readonly texts: SampleTexts
}): Promise<Envelope> {
  const pdf = await drawSample(options.texts)
  const document = await uploadFile({
    file: new Blob([pdf], { type: 'application/pdf' }),
    fileName: options.fileName,
    mediaType: 'application/pdf',
    onProgress: () => {},
  }).done

  return request<Envelope>('/v1/envelopes', {
    method: 'POST',
    body: sampleInput({
      title: options.title,
      documentId: document.id,
      recipient: sampleRecipient(options.session),
    }),
    idempotencyKey: newIdempotencyKey(),
  })
}
