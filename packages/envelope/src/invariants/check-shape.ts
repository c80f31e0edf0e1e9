import type { EnvelopeAggregate } from '../model.ts'
import { wayOf } from '../transition/plan.ts'

/** What holds of the rows among themselves: names, order, references, no doubles. */
export function checkShape(aggregate: EnvelopeAggregate): string[] {
  return [
    ...checkDoubles(aggregate),
    ...checkParts(aggregate),
    ...checkRequestRows(aggregate),
    ...checkSealRows(aggregate),
  ]
}

function unless(condition: boolean, problem: string): string[] {
  return condition ? [] : [problem]
}

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}

function checkDoubles(aggregate: EnvelopeAggregate): string[] {
  const parts = [
    aggregate.documents,
    aggregate.recipients,
    aggregate.signings,
    aggregate.contents,
    aggregate.requests,
    aggregate.attempts,
    aggregate.seals,
    aggregate.artifacts,
  ]
  const { envelope, contents, artifacts } = aggregate

  return [
    ...unless(
      parts.every((rows: readonly { readonly id: string }[]) =>
        isDistinct(rows.map((row) => row.id)),
      ),
      `${envelope.id} names two rows alike`,
    ),
    ...unless(
      isDistinct(aggregate.documents.map((document) => document.sha256)),
      `${envelope.id} has the same document twice`,
    ),
    ...unless(
      isDistinct(contents.map((each) => `${each.document} ${each.derivation} ${each.sha256}`)),
      `${envelope.id} has the same content twice`,
    ),
    ...unless(
      isDistinct(artifacts.map((each) => `${each.request} ${each.submission} ${each.content}`)),
      `${envelope.id} has the same signature of one submission twice`,
    ),
  ]
}

function checkParts(aggregate: EnvelopeAggregate): string[] {
  const { envelope, documents, recipients, signings } = aggregate
  const groups = [...new Set(recipients.map((recipient) => recipient.orderGroup))].sort(
    (a, b) => a - b,
  )

  return [
    ...unless(documents.length > 0, `${envelope.id} has no document`),
    ...unless(recipients.length > 0, `${envelope.id} has no recipient`),
    ...unless(envelope.version >= 1, `${envelope.id} has version ${envelope.version}`),
    ...unless(
      documents.every((document, index) => document.position === index),
      `${envelope.id} has documents out of order`,
    ),
    ...unless(
      recipients.length === signings.length &&
        recipients.every((recipient) => signings.some((each) => each.recipient === recipient.id)),
      `${envelope.id} has not one signing for each recipient`,
    ),
    ...unless(
      groups.every((group, index) => group === index + 1),
      `${envelope.id} has holes between its order groups`,
    ),
    ...aggregate.contents.flatMap((content) =>
      unless(
        documents.some((document) => document.id === content.document),
        `${content.id} comes from no document`,
      ),
    ),
  ]
}

function checkRequestRows(aggregate: EnvelopeAggregate): string[] {
  const requests = aggregate.requests.flatMap((request) => {
    const signing = aggregate.signings.find((each) => each.id === request.signing)
    const recipient = aggregate.recipients.find((each) => each.id === signing?.recipient)

    return [
      ...unless(
        recipient?.methods.some((method) => wayOf(method) === wayOf(request)) ?? false,
        `${request.id} goes a way that its recipient is not allowed`,
      ),
      ...unless(
        signing !== undefined && request.round >= 1 && request.round <= signing.round,
        `${request.id} belongs to no round of its signing`,
      ),
      ...unless(
        request.contents.length > 0 &&
          request.contents.every((id) => aggregate.contents.some((each) => each.id === id)),
        `${request.id} is over contents that are not stored`,
      ),
      ...unless(
        request.window === undefined || request.window.expiresAt > request.window.opensAt,
        `${request.id} has a window that ends before it opens`,
      ),
    ]
  })
  const attempts = aggregate.attempts.flatMap((attempt) =>
    unless(
      aggregate.requests.some((request) => request.id === attempt.request),
      `${attempt.id} belongs to no request`,
    ),
  )
  const artifacts = aggregate.artifacts.flatMap((artifact) => {
    const request = aggregate.requests.find((each) => each.id === artifact.request)

    return unless(
      request !== undefined &&
        request.signing === artifact.signing &&
        request.contents.includes(artifact.content),
      `${artifact.id} belongs to no request and content`,
    )
  })

  return [...requests, ...attempts, ...artifacts]
}

function checkSealRows(aggregate: EnvelopeAggregate): string[] {
  return aggregate.seals.flatMap((seal) => [
    ...unless(
      aggregate.requests.some(
        (request) => request.id === seal.request && request.signing === seal.signing,
      ),
      `${seal.id} belongs to no request`,
    ),
    ...unless(
      seal.state !== 'made' || seal.artifacts.length === seal.items.length,
      `${seal.id} is made without a signature for each item`,
    ),
    ...unless(
      seal.state === 'made' || seal.state === 'stale' || seal.artifacts.length === 0,
      `${seal.id} is ${seal.state} though it has signatures`,
    ),
    ...unless(
      (seal.state !== 'wanted' && seal.state !== 'made') ||
        (seal.items.length > 0 && seal.due !== undefined && seal.key !== undefined),
      `${seal.id} is ${seal.state} without items, due time or key`,
    ),
    ...unless(
      seal.state !== 'planned' || (seal.built && seal.items.length === 0),
      `${seal.id} is planned though its items are there`,
    ),
  ])
}
