import { describe } from 'vitest'
import { contractOfCrashes } from './contract-of-crashes.ts'
import { contractOfData } from './contract-of-data.ts'
import { contractOfEnds } from './contract-of-ends.ts'
import { contractOfSigning } from './contract-of-signing.ts'
import type { ProviderContract } from './subject.ts'

/**
 * What the core relies on in every provider, run against the provider, a driver of its counterpart and
 * an engine in memory. Call it at the top of a test file:
 *
 * ```ts
 * providerContract({ name: 'egov-mobile', create: (world) => createEgovSubject(world) })
 * ```
 */
export function providerContract(contract: ProviderContract): void {
  describe(`provider contract: ${contract.name}`, () => {
    contractOfData(contract)
    contractOfSigning(contract)
    contractOfEnds(contract)
    contractOfCrashes(contract)
  })
}
