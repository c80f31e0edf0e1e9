import { supportedSignMethods } from '@muhr/egov-mobile'
import type { Capabilities } from '@muhr/envelope'

/**
 * What eGov Mobile can do. The service publishes no limits (kz-egov-mobile.md §7, §19): those here are
 * ours. It calls us, so nothing is watched, cancelling is ours alone, and an expired link is replaced
 * when somebody asks for a new one. What comes after the expiry is refused (410): no grace.
 */
export const capabilities: Capabilities = {
  id: 'egov-mobile',
  country: 'KZ',
  methods: supportedSignMethods.map((method) => ({
    method,
    derivation: 'identity' as const,
    format: 'CMS' as const,
    detached: method === 'CMS_SIGN_ONLY',
  })),
  acts: 'service',
  watch: 'none',
  traits: { cancel: 'local', idempotency: 'none', renewal: 'on-demand' },
  limits: { maxDocuments: 100, maxBytes: 100 * 1024 * 1024 },
}
