import {
  type GoskeyServiceName,
  goskeyServices,
  type RequestProfile,
  recogniseRequest,
  requestSchema,
} from '@muhr/epgu/goskey'

/**
 * The schema of a request to Госключ: that of a service in a profile, or the one that the text is for by its
 * namespace and form; undefined where it is for none of them.
 */
export function goskeySchema(
  xml: Uint8Array,
  wish: 'auto' | { readonly service: GoskeyServiceName; readonly profile: RequestProfile },
): string | undefined {
  const found = wish === 'auto' ? recogniseRequest(xml) : wish
  const { service, profile } = found ?? {}
  if (service === undefined || profile === undefined) {
    return undefined
  }
  const isOffered = (goskeyServices[service].profiles as readonly string[]).includes(profile)

  return isOffered ? new TextDecoder().decode(requestSchema(service, profile)) : undefined
}
