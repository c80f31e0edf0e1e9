import { expect, it } from 'vitest'
import { createTestClock } from './scene.ts'
import type { ProviderContract } from './subject.ts'

/** What a provider says of itself. */
export function contractOfData({ create }: ProviderContract): void {
  const open = () => create({ clock: createTestClock(), publicUrl: 'https://muhr.test' })

  it('describes the method that is used, the same each time', async () => {
    const { provider, method, close } = await open()
    const capabilities = provider.describe()
    expect(capabilities.methods.map((each) => each.method)).toContain(method)
    expect(provider.describe()).toEqual(capabilities)
    await close?.()
  })

  it('has what its way of acting needs', async () => {
    const { provider, network, counterpart, close } = await open()
    const { acts, watch, traits } = provider.describe()
    expect(acts !== 'service' || provider.receive !== undefined).toBe(true)
    expect(acts !== 'browser' || provider.accept !== undefined).toBe(true)
    expect(watch === 'none' || provider.watch !== undefined).toBe(true)
    expect(acts !== 'watched' || provider.collect !== undefined).toBe(true)
    expect(traits.cancel !== 'call' || provider.cancel !== undefined).toBe(true)
    expect((traits.paced === true) === (provider.quota !== undefined)).toBe(true)
    expect(network === undefined || counterpart.asked !== undefined).toBe(true)
    await close?.()
  })

  it('takes good settings and refuses bad ones, naming the field', async () => {
    const { provider, settings, badSettings, close } = await open()
    expect(provider.parseConnection(settings)).toMatchObject({ ok: true })
    const refused = provider.parseConnection(badSettings.settings)
    expect(refused.ok).toBe(false)
    expect(!refused.ok && refused.refusals.map((each) => each.field)).toContain(badSettings.field)
    await close?.()
  })
}
