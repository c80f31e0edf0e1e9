import { readServiceAddress, SignerKeyError } from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'

/**
 * Refuses the address of a signing service whose host the operator did not list (design rule 11): an
 * organisation must not make this server call whatever it can reach. In the sandbox loopback may be.
 * Throws `signer-key.service-address`.
 */
export function checkServiceHost({ config }: Pick<AppContext, 'config'>, address: string): void {
  const url = readServiceAddress(address)
  const isLoopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(url.hostname)
  const isListed = config.signerKeys.serviceHosts.includes(url.host)
  if (!isListed && !(isLoopback && config.mode === 'sandbox')) {
    throw new SignerKeyError({
      code: 'signer-key.service-address',
      message: 'The host is not among those of MUHR_SIGNING_SERVICES.',
    })
  }
}
