import { EgovMobileSignerStep } from '@muhr/provider-egov-mobile/web'
import { GoskeySignerStep } from '@muhr/provider-goskey/web'
import { SignmeSignerStep } from '@muhr/provider-signme/web'
import type { ComponentType } from 'react'
import type { Presentation } from '../api/types.ts'
import type { signerKit } from './kit.tsx'

/** What every service's signer step is given. */
export type SignerStepProps = {
  readonly kit: typeof signerKit
  readonly text: (key: string) => string
  readonly phase: 'waiting' | 'opened'
  readonly presentation: Presentation
  readonly opensAt?: string | undefined
  /** What an app shows of the documents: their common title and how many they are. */
  readonly shown: { readonly title: string; readonly documents: number }
  readonly isStale: boolean
  readonly isRenewing: boolean
  readonly onRenew: () => void
  readonly sandboxPhoneUrl?: string | undefined
}

/** The signer step of each service: one line each. */
export const signerSteps: Readonly<Record<string, ComponentType<SignerStepProps>>> = {
  'egov-mobile': EgovMobileSignerStep,
  goskey: GoskeySignerStep,
  signme: SignmeSignerStep,
}
