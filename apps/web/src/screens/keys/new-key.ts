import { toBase64 } from '../verify/verify-files.ts'
import type { ChosenKey } from './key-files.ts'

/** Ways in which a key is kept, as the form offers them. */
export const ways = ['file', 'csp', 'pkcs11', 'remote', 'browser-plugin'] as const
export type Way = (typeof ways)[number]

/** Text fields of all ways; each takes its own. */
export const textFields = [
  'name',
  'pin',
  'thumbprint',
  'module',
  'keyId',
  'tokenLabel',
  'url',
  'secret',
] as const
export type TextField = (typeof textFields)[number]

export type KeyDraft = {
  readonly way: Way
  readonly texts: Readonly<Record<TextField, string>>
  readonly tool: 'csptest' | 'cryptcp'
  readonly sends: 'digest' | 'content'
  readonly acknowledges: boolean
  readonly chosen: ChosenKey | undefined
  /** A certificate that was given as a file. */
  readonly certificate: File | undefined
  /** A certificate that the plug-in gave, base64. */
  readonly pluginCertificate: string | undefined
}

export const emptyDraft: KeyDraft = {
  way: 'file',
  texts: {
    name: '',
    pin: '',
    thumbprint: '',
    module: '',
    keyId: '',
    tokenLabel: '',
    url: '',
    secret: '',
  },
  tool: 'csptest',
  sends: 'digest',
  acknowledges: false,
  chosen: undefined,
  certificate: undefined,
  pluginCertificate: undefined,
}

const required: Readonly<Record<Way, readonly TextField[]>> = {
  file: [],
  csp: ['thumbprint'],
  pkcs11: ['module', 'keyId'],
  remote: ['url', 'thumbprint', 'secret'],
  'browser-plugin': [],
}

/** Fields without which a draft cannot be sent; `file` and `certificate` stand for what was not given. */
export function missingFields(draft: KeyDraft): readonly (TextField | 'file' | 'certificate')[] {
  const texts = required[draft.way].filter((name) => draft.texts[name].trim() === '')
  const isTorn = draft.chosen === undefined || draft.chosen.missing.length > 0

  return [
    ...texts,
    ...(draft.way === 'file' && isTorn ? (['file'] as const) : []),
    ...(draft.way === 'browser-plugin' &&
    draft.certificate === undefined &&
    draft.pluginCertificate === undefined
      ? (['certificate'] as const)
      : []),
  ]
}

const encode = async (file: File): Promise<string> => toBase64(await file.arrayBuffer())

/** The body of `POST /v1/keys` for a draft that misses nothing. */
export async function bodyOf(draft: KeyDraft): Promise<Readonly<Record<string, unknown>>> {
  const { way, texts } = draft
  const given = (...names: TextField[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        // A PIN may begin or end with a blank.
        const text = name === 'pin' ? texts[name] : texts[name].trim()

        return text === '' ? [] : [[name, text]]
      }),
    )
  const file = draft.certificate ?? draft.chosen?.certificate
  const certificate =
    file === undefined ? (draft.pluginCertificate ?? undefined) : await encode(file)
  const common = {
    ...given('name'),
    ...(certificate === undefined ? {} : { certificate }),
  }
  switch (way) {
    case 'file':
      return {
        ...common,
        ...given('pin', 'thumbprint'),
        ...(await filesOf(draft.chosen)),
        ...(draft.acknowledges ? { acknowledge: true } : {}),
      }
    case 'csp':
      return { kind: way, ...common, ...given('thumbprint', 'pin'), tool: draft.tool }
    case 'pkcs11':
      return { kind: way, ...common, ...given('module', 'keyId', 'tokenLabel', 'pin') }
    case 'remote':
      return {
        kind: way,
        ...common,
        ...given('url', 'thumbprint', 'secret'),
        sends: draft.sends,
      }
    case 'browser-plugin':
      return { kind: way, ...common }
  }
}

async function filesOf(chosen: ChosenKey | undefined): Promise<Readonly<Record<string, unknown>>> {
  const [first, ...rest] = chosen?.files ?? []
  if (chosen === undefined || first === undefined) return {}
  const isFolder = chosen.kind === 'cryptopro-container' && rest.length > 0
  if (!isFolder) return { kind: chosen.kind, file: await encode(first) }
  const entries = await Promise.all(
    chosen.files.map(
      async (file) =>
        [file.name.split('/').at(-1)?.toLowerCase() ?? '', await encode(file)] as const,
    ),
  )

  return { kind: chosen.kind, files: Object.fromEntries(entries) }
}
