/** Texts of Sign.Me on the server’s side, in Russian; the other languages have the same keys. */
export const ru = {
  'reason.signme.rejected': 'Получатель отклонил запрос в Sign.Me и не назвал причину.',
  'reason.signme.deleted': 'Sign.Me удалил файл до подписания. Отправьте документы заново.',
  'reason.signme.wrong-user-phone':
    'Sign.Me не знает этого телефона. Проверьте номер и что получатель зарегистрирован и активирован.',
  'reason.signme.wrong-user-email':
    'Sign.Me не знает этой почты. Проверьте адрес и что получатель зарегистрирован и активирован.',
  'reason.signme.wrong-user':
    'Sign.Me не знает такого подписанта. Проверьте телефон, почту и СНИЛС: они должны быть одного человека.',
  'reason.signme.wrong-company-inn':
    'Sign.Me не знает организации с этим ИНН. Проверьте номер и что организация там зарегистрирована.',
  'reason.signme.wrong-company-ogrn':
    'Sign.Me не знает организации с этим ОГРН. Проверьте номер и что организация там зарегистрирована.',
  'reason.signme.wrong-company':
    'Sign.Me не знает такой организации или получатель не её сотрудник. Проверьте ИНН, ОГРН и список сотрудников в Sign.Me.',
  'reason.signme.signer-unregistered':
    'Получатель не зарегистрирован в Sign.Me, документы туда не ушли. Попросите зарегистрироваться и отправьте снова.',
  'reason.signme.company-unregistered':
    'Организация не зарегистрирована в Sign.Me, документы туда не ушли. Зарегистрируйте её и отправьте снова.',
  'reason.signme.wrong-method':
    'Sign.Me не разобрал наш запрос. Сообщите администратору: между Muhr и Sign.Me что-то меняет его.',
  'reason.signme.no-file':
    'Sign.Me не разобрал наш запрос. Сообщите администратору: между Muhr и Sign.Me что-то меняет его.',
  'reason.signme.no-filename':
    'Sign.Me не разобрал наш запрос. Сообщите администратору: между Muhr и Sign.Me что-то меняет его.',
  'reason.signme.wrong-file':
    'Sign.Me не разобрал наш запрос. Сообщите администратору: между Muhr и Sign.Me что-то меняет его.',
  'reason.signme.wrong-json':
    'Sign.Me не разобрал наш запрос. Сообщите администратору: между Muhr и Sign.Me что-то меняет его.',
  'reason.signme.cannot-create-file':
    'Sign.Me не смог сохранить файл. Переименуйте его и отправьте снова.',
  'reason.signme.cannot-create-request':
    'У Sign.Me внутренняя ошибка. Отправьте позже; если повторится, напишите в Sign.Me, указав время.',
  'reason.signme.get-api-key':
    'Sign.Me не принимает ключ доступа: он неверен, закрыт или запрос ушёл с другого адреса. Сообщите администратору.',
  'reason.signme.unexplained':
    'Sign.Me отказал и не объяснил почему. Отправьте позже или напишите в Sign.Me.',
  'reason.signme.invalid-argument':
    'Запрос нельзя составить по правилам Sign.Me. Сообщите администратору.',
  'reason.signme.redirected':
    'Sign.Me перенаправил запрос на другой адрес, мы туда не ходим. Проверьте адрес в подключении.',
  'reason.signme.unreachable': 'Sign.Me недоступен. Мы повторим сами.',
  'reason.signme.unavailable': 'Sign.Me временно не работает. Мы повторим сами.',
  'reason.signme.resting': 'Sign.Me не отвечает несколько раз подряд. Подождём и повторим сами.',
  'reason.signme.outcome-unknown': 'Ответ Sign.Me потерян: запрос мог дойти.',
  'reason.signme.unreadable-answer': 'Ответ Sign.Me не читается: запрос мог дойти.',
  'reason.signme.not-found': 'Sign.Me не находит этот запрос. Спросите его поддержку.',
  'attention.signme.said-rejected':
    'Нам сообщили, что получатель отклонил запрос, но проверить это в Sign.Me нельзя: её ответ был потерян. Спросите получателя; если он отказался, отзовите конверт.',
  'attention.signme.signed-earlier':
    'Под этим файлом стоит более ранняя подпись этого человека: она не засчитана. Ждём новую; посмотрите, не ждёт ли подписант того же.',
  'attention.signme.unreadable-answer':
    'Sign.Me говорит, что подписано, но его ответ с подписью не читается. Запросим снова сами; если не поможет, напишите в Sign.Me.',
  'attention.collect-refused':
    'Sign.Me отдаёт подписи в виде, который не прочесть. Запросим их снова сами; если повторится, напишите в Sign.Me.',
  'plan.method-not-allowed': 'Такого способа у Sign.Me нет. Выберите человека или организацию.',
  'plan.signme.signer-missing':
    'Впишите телефон, почту или СНИЛС, по которым Sign.Me знает подписанта.',
  'plan.signme.company-missing': 'Впишите ИНН или ОГРН организации, от имени которой подписывают.',
  'plan.recipient-kind':
    'Человек подписывает без ОГРН и ИНН организации. Уберите их или выберите организацию.',
  'plan.signme.contact-proves-nothing':
    'Подключение не верит одному телефону или почте. Впишите ещё СНИЛС или ИНН.',
  'plan.signme.strange-number':
    'Среди номеров есть такой, которого нет ни в одном сертификате Sign.Me. Уберите его или укажите СНИЛС, ИНН или ОГРН.',
  'plan.signme.file-empty': 'Файл пуст. Выберите другой.',
  'plan.signme.too-many-files':
    'Файлов больше, чем разрешает подключение. Разделите их на два конверта.',
  'plan.signme.too-large':
    'Файлы вместе больше, чем разрешает подключение. Разделите их на два конверта.',
} as const

export type SignmeMessageKey = keyof typeof ru
