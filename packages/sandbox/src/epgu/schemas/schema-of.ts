import { findService } from '../services.ts'
import type { Switches } from '../switches.ts'
import { GOSKEY_NAMESPACES, goskeySchema18, goskeySchema19 } from './goskey-schemas.ts'
import { noticeSchema } from './notice-schema.ts'

/** The schema that the simulator checks req.xml of a service against, as things stand. */
export function schemaOf(
  code: string,
  {
    profile,
    namespace,
    switches,
  }: {
    readonly profile: '1.8' | '1.9'
    readonly namespace: string | undefined
    readonly switches: Switches
  },
): string | undefined {
  const service = findService(code)
  if (service === undefined) return undefined
  if (service.kind === 'notice') return noticeSchema.text
  const [first = GOSKEY_NAMESPACES.unep] = service.namespaces
  const chosen = service.namespaces.find((each) => each === namespace) ?? first

  return profile === '1.8'
    ? goskeySchema18(chosen, { isLenient: switches.snilsWithoutOid })
    : goskeySchema19(chosen, { isLenient: switches.digitsOnlySnils })
}
