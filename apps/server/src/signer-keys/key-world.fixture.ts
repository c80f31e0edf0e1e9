import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePkcs12 } from '@muhr/pki'
import {
  createOpensslPeer,
  createTestAuthority,
  type OpensslPeer,
  type TestAuthority,
  type TestCertificate,
  type TestOrganisationKey,
} from '@muhr/signer-key/testing'
import type { KeyBody } from '../http/schemas/key-schemas.ts'
import { type ProblemBody, startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { type LoadedSignerKey, loadSignerKey } from './load-signer-key.ts'

export const pin = 'Пин-12345678'
export const content: Uint8Array = new TextEncoder().encode('<SignRequest/>')

export const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')

/** PKCS#12 under the PIN, base64. */
export const storeOf = ({ pkcs8, certificate }: TestOrganisationKey): string =>
  base64(writePkcs12({ password: pin, entries: [{ key: pkcs8, certificates: [certificate] }] }))

type Answer<Body> = { readonly status: number; readonly body: Body }

/** An installation with an organisation, and an authority that certifies keys for it. */
export type KeyWorld = {
  readonly muhr: TestInstallation
  readonly authority: TestAuthority
  readonly peer: OpensslPeer
  /** Folder of the CSP programs and of `pkcs11-tool`. */
  readonly programs: string
  readonly organisation: string
  readonly post: <Body = KeyBody & ProblemBody>(
    path: string,
    json?: object,
    idempotencyKey?: string,
  ) => Promise<Answer<Body>>
  readonly addStore: (wish?: TestCertificate) => Promise<{
    readonly own: TestOrganisationKey
    readonly id: string
    readonly body: KeyBody
  }>
  readonly load: (id: string) => Promise<LoadedSignerKey>
  readonly sealWith: (id: string) => Promise<Uint8Array>
  readonly stop: () => Promise<void>
}

export async function openKeyWorld(): Promise<KeyWorld> {
  const peer = createOpensslPeer()
  const programs = mkdtempSync(join(tmpdir(), 'muhr-programs-'))
  const authority = await createTestAuthority()
  const muhr = await startTestInstallation({
    env: {
      MUHR_SECRET_KEY: '11'.repeat(32),
      MUHR_CRYPTOPRO_DIR: programs,
      MUHR_PKCS11_TOOL: join(programs, 'pkcs11-tool'),
      MUHR_PKCS11_MODULES: '/usr/lib/librtpkcs11ecp.so',
    },
  })
  const session = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
  const organisation = session.body.organisation.id
  const post: KeyWorld['post'] = (path, json = {}, key) =>
    muhr.api.call(path, {
      method: 'POST',
      json,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    })
  const load = (id: string) => loadSignerKey(muhr.server.app, organisation, id)

  return {
    muhr,
    authority,
    peer,
    programs,
    organisation,
    post,
    load,
    addStore: async (wish = {}) => {
      const own = await authority.issue(wish)
      const { body } = await post('/v1/keys', { kind: 'pkcs12', file: storeOf(own), pin })

      return { own, id: body.id, body }
    },
    sealWith: async (id) => {
      const { key } = await load(id)
      if (key.attendance === 'attended') {
        throw new TypeError('an unattended key was expected')
      }

      return key.signDetached(content, { signingTime: new Date() })
    },
    stop: async () => {
      await muhr.stop()
      peer.remove()
      rmSync(programs, { recursive: true, force: true })
    },
  }
}
