/** What the lists, the envelope and its journal say about Sign.Me to the clerk; the page fills in places. */
export const ru = {
  'signing.dispatching':
    '**Передаём документы в Sign.Me.** Обычно несколько секунд; если служба отдыхает, повторим сами.',
  'signing.sent':
    '**Запрос в Sign.Me открыт.** Ждём, когда подписант подтвердит; спрашиваем Sign.Me сами.',
  'signing.unknown':
    '**Уточняем, дошёл ли запрос до Sign.Me.** Ответ потерян. Сами повторно не отправляем: получился бы второй запрос и второе сообщение подписанту.',
  'row.dispatching': '{name}: передаём в Sign.Me',
  'row.sent': '{name}: ждёт подтверждения в Sign.Me',
  'row.unknown':
    '{name}: Sign.Me не дал ясного ответа. Спросите ещё раз или решите, отправлять ли заново.',
  'event.signing.dispatching': 'Передаём в Sign.Me: {name}',
  'event.signing.sent': 'Запрос в Sign.Me открыт: {name}',
  'reason.absent': '(не дошёл: так решил человек)',
  'reason.superseded': '(заменён)',
  'reason.cancelled': '(отозван)',
  'reason.refused': '(отклонён)',
  'mismatch.itself':
    'Под этим запросом в Sign.Me уже подписано, взять его назад нельзя. Отзовите конверт и отправьте новый.',
  'said.title': 'Говорит Sign.Me',
  'said.open': 'Не подписано',
  'said.signed': 'Подписано',
  'said.declined': 'Отклонено',
  'said.deleted': 'Файл удалён',
  'said.worth': 'Слово службы, не доказательство',
  vouched:
    '**Кто подписал, известно со слов Sign.Me.** {who}: по сертификату этого не видно. Подпись под документом проверена нами.',
  'unknown.look.hint':
    'Спросим, не появилась ли подпись под этими файлами. Если придёт вызов Sign.Me или подпись, запрос найдётся сам.',
  'unknown.again': 'Отправить заново…',
  'unknown.again.title': 'Отправить заново',
  'unknown.again.text':
    'Подписант: {name}. Первый запрос мог дойти: тогда в Sign.Me станет два запроса, и подписант получит второе сообщение. Сначала спросите подписанта или поддержку Sign.Me. Подпись под любым из двух засчитается один раз.',
  'open.simulated': 'Открыть Sign.Me песочницы',
} as const

export type SignmeClerkKey = keyof typeof ru
