import { checkRequest } from './check-request.ts'
import { readRequests } from './read-request.ts'
import type { Violation } from './rules.ts'
import type { GoskeyServiceName, RequestProfile } from './services.ts'

/**
 * What a request file breaks although its schema finds it valid: check digits, the end of the signing
 * time, attributes that the table requires. Each rule is told once for each field.
 * @param about.sentAt when it is to leave; without it the end of the signing time is not looked at
 */
export function checkReadRequest(
  xml: Uint8Array,
  about: {
    readonly service: GoskeyServiceName
    readonly profile: RequestProfile
    readonly sentAt?: Date | undefined
  },
): readonly Violation[] {
  const { service, profile, sentAt } = about
  const found = new Map<string, Violation>()
  for (const request of readRequests(xml, { service, profile })) {
    // Any moment will do where the time is not looked at: one that keeps the rule.
    const at = sentAt ?? new Date(0)
    const isTimed = sentAt !== undefined && request.expiresAt !== undefined
    const expiresAt = (isTimed ? request.expiresAt : undefined) ?? new Date(at.getTime() + 1000)
    for (const violation of checkRequest({ ...request, expiresAt }, at)) {
      found.set(`${violation.rule} ${violation.field}`, violation)
    }
  }

  return [...found.values()]
}
