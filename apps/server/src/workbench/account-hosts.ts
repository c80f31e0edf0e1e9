import { contours } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'

const ofGosuslugi: ReadonlySet<string> = new Set(
  Object.values(contours).flatMap(({ esiaUrl, epguUrl }) => [
    new URL(esiaUrl).host,
    new URL(epguUrl).host,
  ]),
)

/**
 * Refuses an address whose host the operator did not list and Gosuslugi does not have (design rule 11): an
 * organisation must not make this server call whatever it can reach. In the sandbox loopback may be.
 * @throws Problem `workbench.host`, with the field
 */
export function checkAccountHost(
  { config }: Pick<AppContext, 'config'>,
  { field, address }: { readonly field: string; readonly address: string },
): void {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isPlain =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username + url.password + url.search + url.hash === ''
  const isLoopback =
    url !== undefined && /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(url.hostname)
  const isAllowed =
    url !== undefined &&
    ((url.protocol === 'https:' && ofGosuslugi.has(url.host)) ||
      config.epguHosts.includes(url.host) ||
      (isLoopback && config.mode === 'sandbox'))
  if (!isPlain || !isAllowed) {
    throw new Problem('workbench.host', 'The address is not among those that may be called.', {
      field,
    })
  }
}
