import type { SignmeDoctorKey } from './ru.ts'

export const uz = {
  'doctor.host.passed': 'Manzil javob beradi.',
  'doctor.host.unreachable':
    'Manzil javob bermaydi. Uni, tarmoqni, proksini va oldidagi GOST TLS terminatorini tekshiring.',
  'doctor.key.passed': 'Sign.Me kirish kalitini qabul qiladi.',
  'doctor.key.refused':
    'Sign.Me kirish kalitini qabul qilmaydi. Kalit roʻyxatdan oʻtgan saytga bogʻlangan: soʻrov boshqa manzil yoki domendan ketsa, toʻgʻri kalit ham rad etiladi. Bu ulanishning kaliti va manzilini solishtiring, soʻng Sign.Medan sayt qaysi manzillardan roʻyxatga olinganini soʻrang.',
  'doctor.key.unclear':
    'Sign.Me javobidan kalit haqida hech narsa bilib boʻlmaydi. Keyinroq takrorlang.',
  'doctor.push.loopback':
    'Sign.Me bizga yeta olmaydi: ommaviy manzil shu kompyuterning oʻziga olib boradi. MUHR_PUBLIC_URL ni belgilang; ungacha imzolanganini soʻrab bilamiz.',
  'doctor.notification.address':
    'Sign.Me xodimlari bu xabarnoma manzilini kalitingiz yoniga yozib qoʻyishi kerak.',
} as const satisfies Readonly<Record<SignmeDoctorKey, string>>
