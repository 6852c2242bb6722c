import type { Role } from '#access/model.ts'

/** What each role is called: the same on screens, in letters and in documents. */
export const roleWords: Readonly<Record<'ja' | 'en', Readonly<Record<Role, string>>>> = {
  ja: {
    caio: 'AI統括責任者',
    'caio-office': 'AI統括責任者室',
    planner: '企画者',
    provider: '提供者',
    user: '利用者',
    board: '委員（アドバイザリーボード）',
    secretariat: '事務局（アドバイザリーボード）',
    desk: 'AI相談窓口',
    administrator: '管理者',
    auditor: '監査',
    supplier: '事業者',
    public: '国民・一般',
  },
  en: {
    caio: 'Chief AI Officer (CAIO)',
    'caio-office': 'Office of the CAIO',
    planner: 'Planner',
    provider: 'Provider',
    user: 'User',
    board: 'Board member',
    secretariat: 'Board secretariat',
    desk: 'Consultation Desk',
    administrator: 'Administrator',
    auditor: 'Auditor',
    supplier: 'Supplier contact',
    public: 'Public',
  },
}
