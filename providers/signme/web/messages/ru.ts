/** What the pages say about Sign.Me: to the clerk who sends, to the signer who signs. */
export const ru = {
  'picker.hint': 'по телефону, почте',
  'method.PERSON': 'Человек за себя',
  'method.PERSON.hint': 'Sign.Me находит человека по телефону, почте или СНИЛС',
  'method.COMPANY': 'От имени организации',
  'method.COMPANY.hint': 'Сотрудник организации, зарегистрированной в Sign.Me',
  'field.phone.hint':
    'По нему Sign.Me находит человека. Личности он не доказывает: в сертификате его нет.',
  'field.email.hint': 'Можно вместо телефона, если в Sign.Me указана почта.',
  'field.snils.hint': 'Сверим с сертификатом: это доказывает, кто подписал.',
  'field.inn.person.hint': '12 цифр. Тоже доказывает, кто подписал.',
  'field.inn.company.hint': 'Сверим с сертификатом: это доказывает, за кого подписано.',
  'field.ogrn.hint': 'Вместо ИНН или вместе с ним.',
  'clerk.nearby':
    '**Подписант подтверждает на сайте Sign.Me**: паролем и, если потребуется, кодом из СМС. Передайте ему ссылку на страницу подписанта.',
  'observed.said-signed': 'Sign.Me сообщает: документы подписаны',
  'signer.title': 'Подписать в Sign.Me',
  'signer.step1': 'Откроется sign.me — это другой сайт. Там те же документы',
  'signer.step2': 'Введите там пароль от Sign.Me, а если попросит, и код из СМС',
  'signer.step3': 'Потом вернитесь сюда: проверим подпись и дадим ваш экземпляр',
  'signer.step3.back': 'Sign.Me вернёт вас сюда: проверим подпись и дадим ваш экземпляр',
  'signer.open': 'Открыть Sign.Me',
  'signer.here': 'Подписать на этой странице',
  'signer.here.close': 'Убрать Sign.Me со страницы',
  'signer.frame': 'Sign.Me: подписание документов',
  'signer.frame.note': 'Ниже — страница Sign.Me. Пароль и код видит только Sign.Me.',
  'signer.waiting': 'Ждём подпись в Sign.Me',
  'signer.waiting.more': 'Как только подпишете, страница обновится сама.',
  'signer.preparing': 'Передаём документы в Sign.Me',
  'signer.preparing.more': 'Обычно несколько секунд. Страницу можно закрыть и открыть снова.',
  'signer.over': 'Ссылка Sign.Me больше не действует',
  'signer.over.more': 'Уточняем, чем закончилось. Ничего делать не нужно.',
  'signer.how': 'Как подписать',
  'signer.trouble': 'Пароль не подходит?',
  'signer.trouble.text':
    'Ошибиться не страшно: запрос остаётся открытым, попробуйте ещё раз. Забытый пароль восстанавливают на sign.me. Если там пишут, что запрос не для вас, скажите отправителю, какой телефон указан в вашем Sign.Me.',
  'signer.privacy': 'Muhr не видит ни пароля, ни ключа: подпись ставится внутри Sign.Me.',
} as const

export type SignmeKey = keyof typeof ru
