/** What the doctor says of Sign.Me, in Russian; the other languages have the same keys. */
export const ru = {
  'doctor.host.passed': 'Адрес отвечает.',
  'doctor.host.unreachable':
    'Адрес не отвечает. Проверьте его, сеть, прокси и терминатор ГОСТ TLS перед ним.',
  'doctor.key.passed': 'Sign.Me принимает ключ доступа.',
  'doctor.key.refused':
    'Sign.Me не принимает ключ доступа. Ключ привязан к зарегистрированной площадке: верный ключ тоже отвергается, если запрос ушёл с другого адреса или домена. Сверьте ключ и адрес этого подключения, затем спросите Sign.Me, с каких адресов площадка зарегистрирована.',
  'doctor.key.unclear': 'Sign.Me ответил так, что о ключе сказать нельзя. Повторите позже.',
  'doctor.push.loopback':
    'Sign.Me не достучится до нас: публичный адрес ведёт на этот же компьютер. Задайте MUHR_PUBLIC_URL; до того узнаём о подписании опросом.',
  'doctor.notification.address':
    'Этот адрес уведомлений сотрудники Sign.Me должны записать у вашего ключа.',
} as const

export type SignmeDoctorKey = keyof typeof ru
