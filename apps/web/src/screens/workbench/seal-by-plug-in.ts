import { request } from '../../api/request.ts'
import type { SealBatch } from '../../api/settings-types.ts'

/**
 * Has the clerk's browser plug-in sign every item of a seal with one confirmation, and gives the
 * signatures to the server; all count or none.
 * @throws ProblemError, PlugInError
 */
export async function sealByPlugIn<T>(path: string): Promise<T> {
  // Loaded here alone: most keys need no plug-in.
  const [{ loadPlugIn }, { signDigests }] = await Promise.all([
    import('../../plug-in/load-plug-in.ts'),
    import('../../plug-in/sign-digests.ts'),
  ])
  const batch = await request<Omit<SealBatch, 'id'>>(path)
  const signatures = await signDigests(await loadPlugIn(), {
    thumbprint: batch.thumbprint,
    digestAlgorithm: batch.digestAlgorithm,
    digests: batch.items.map(({ digest }) => digest),
  })

  return request<T>(path, {
    method: 'POST',
    body: {
      items: batch.items.map(({ name, sha256 }, index) => ({
        name,
        sha256,
        signature: signatures[index] ?? '',
      })),
    },
  })
}
