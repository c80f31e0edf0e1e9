import { createTestAuthority } from '@muhr/signer-key/testing'
import type { RestClient } from './rest-client.ts'

/** Adds a signer key of the simplest kind: a certificate whose key is in a clerk's browser. */
export async function addBrowserKey(api: RestClient): Promise<string> {
  const { certificate } = await (await createTestAuthority()).issue()
  const { body } = await api.call<{ readonly id: string }>('/v1/keys', {
    method: 'POST',
    json: { kind: 'browser-plugin', certificate: Buffer.from(certificate).toString('base64') },
  })

  return body.id
}
