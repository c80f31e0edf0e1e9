import { isClosed, type Order, type OrderFile, type OrderStatus } from './order.ts'
import { PORTAL_TITLES } from './outcomes.ts'
import { detailsTime } from './times.ts'

const MINISTRY =
  'Министерство цифрового развития, связи и массовых коммуникаций Российской Федерации'

/** The object that stands as JSON text in `order`: the whole key set of the samples (ru-epgu-goskey §4.1). */
export function describeOrder(order: Order): object {
  const current = order.history.at(-1)
  const { user, service } = order

  return {
    ...constants,
    smevTx: order.messageId,
    ownerId: user.organisation.oid,
    orderStatusName: current?.title ?? PORTAL_TITLES[0],
    id: order.id,
    stateOrgStatusCode: current?.stateOrgStatusCode ?? '',
    orderStatusId: current?.statusId ?? 0,
    servicePassportId: service.passportId,
    stateOrgStatusName: current?.stateOrgStatusCode === '' ? '' : (current?.title ?? ''),
    orgId: user.organisation.oid,
    requestDate: detailsTime(order.requestedAt),
    serviceTargetId: `-${service.code}`,
    orderResponseFiles: order.results.map((file) => responseFile(file, historyIdOf(order))),
    // Stays false even when files exist.
    hasResult: false,
    userId: user.oid,
    closed: isClosed(order),
    currentStatusHistory: current === undefined ? null : describeStatus(order, current),
    eserviceId: service.code,
    currentStatusHistoryId: current?.id ?? 0,
    statuses: order.history.map((status) => describeStatus(order, status)),
    orderDate: `${detailsTime(order.createdAt).slice(0, 19)}.000+0300`,
    updated: detailsTime(current?.at ?? order.createdAt),
    userSelectedRegion: order.region,
    serviceName: service.name,
    orderAttachmentFiles: order.attachments.map((file) => attachmentFile(file, order.id)),
    location: order.region,
  }
}

/** The object id of result files: of the status history, not of the order. */
export function historyIdOf({ history }: Order): number {
  return history.findLast(({ hasResult }) => hasResult)?.id ?? history.at(-1)?.id ?? 0
}

function describeStatus(order: Order, status: OrderStatus): object {
  return {
    date: detailsTime(status.at),
    cancelAllowed: status.canCancel,
    unreadEvent: true,
    deliveryCancelAllowed: false,
    finalStatus: status.isFinal,
    orderId: order.id,
    stateOrgStatusCode: status.stateOrgStatusCode,
    author: '',
    hasResult: status.hasResult ? 'R' : 'N',
    stateOrgStatusDescr: status.stateOrgStatusCode === '' ? '' : status.title,
    title: status.title,
    mfcFinalStatus: false,
    sendMessageAllowed: false,
    statusId: status.statusId,
    ...(status.stateOrgStatusId === undefined ? {} : { stateOrgStatusId: status.stateOrgStatusId }),
    editAllowed: false,
    sender: status.statusId === 0 ? '' : MINISTRY,
    mnemonic: '',
    comment: status.comment,
    id: status.id,
  }
}

function responseFile(file: OrderFile, historyId: number): object {
  return {
    hasAltMimeType: false,
    fileName: file.fileName,
    edsStatus: '',
    fileSize: file.size,
    canSentToMFC: false,
    link: linkOf(historyId, file, 3),
    id: idOf(historyId, file),
    mimeType: file.mimeType,
    hasDigitalSignature: file.hasSignature,
    additionalName: '',
  }
}

function attachmentFile(file: OrderFile, orderId: number): object {
  return {
    fileName: file.fileName,
    fileSize: file.size,
    link: linkOf(orderId, file, 2),
    id: idOf(orderId, file),
    mimeType: file.mimeType,
    hasDigitalSignature: file.hasSignature,
    type: file.hasSignature ? 'REQUEST' : 'ATTACHMENT',
  }
}

/** `terrabyte://00/{objectId}/{mnemonic}/{objectType}`, the mnemonic percent-encoded where it must be. */
function linkOf(objectId: number, { mnemonic }: OrderFile, objectType: 2 | 3): string {
  return `terrabyte://00/${objectId}/${encodeURIComponent(mnemonic)}/${objectType}`
}

function idOf(objectId: number, { mnemonic }: OrderFile): string {
  return `${objectId}/files/${Buffer.from(mnemonic).toString('base64url')}`
}

const noFile = {
  hasAltMimeType: false,
  fileName: '',
  edsStatus: '',
  fileSize: 0,
  canSentToMFC: false,
  link: '',
  id: '',
  mimeType: '',
  hasDigitalSignature: false,
  additionalName: '',
}

/** Keys whose values were the same in every sample. */
const constants = {
  orderType: 'ORDER',
  hasEmpowerment2021: false,
  smevMessageId: 'WAIT_RESPONSE',
  formVersion: '1',
  notifySms: '',
  hasTimestamp: false,
  portalName: 'TEST Имитатор портала',
  paymentRequired: false,
  signCnt: 1,
  childrenSigned: true,
  inviteToEqueueUrl: '',
  statusColorCode: '',
  withCustomResult: false,
  hasNoPaidPayment: false,
  routingCode: '',
  sourceSystem: 'PGU',
  serviceUrl: '',
  serviceEpguId: '1',
  edsStatus: 'EDS_MANDATORY',
  allowToDelete: false,
  complexMode: '',
  stateOrgCode: 'minkomsvyaz',
  personType: 'LEGAL',
  orderPayments: [],
  allowToEdit: false,
  readyToSign: false,
  infoMessages: [],
  notifyEmail: '',
  paymentCount: 0,
  draftHidden: false,
  stateStructureId: '10000001086',
  hasNewStatus: true,
  stateOrgId: 35,
  redirectUrl: '',
  hasChildren: false,
  stateStructureName: 'Минцифры России',
  portalCode: 'PGU',
  esepOperationId: '',
  orderAttributeEvents: [],
  notifyPush: '',
  linkToOrderForm: '',
  extOrderUrl: '',
  paymentStatusEvents: [],
  payback: false,
  readyToPush: false,
  admLevelCode: 'FEDERAL',
  formPrefilling: false,
  allFileSign: false,
  orgUserName: '',
  noPaidPaymentCount: -1,
  creationMode: 'api',
  notifyTelegram: '',
  steps: [],
  powerMnemonic: '',
  checkQueue: false,
  withDelivery: false,
  gisdo: false,
  description: '',
  eQueueEvents: [],
  hasActiveInviteToEqueue: false,
  multRegion: false,
  extSystem: false,
  useAsTemplate: false,
  qrlink: noFile,
  hasPreviewPdf: false,
  testUser: true,
  textMessages: [],
  unreadMessageCnt: 0,
  parentOrderStateStructureName: '',
  cr_uin: '',
  infSysCode: '',
  deprecatedService: false,
  hubForm: false,
  extOrderId: '',
  online: false,
} as const
