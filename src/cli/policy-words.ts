import type { Name, Role } from '#access/model.ts'
import type { PolicyFault, PolicyFaultCode } from '#access/policies/policy-files.ts'
import type { ErrorParams } from '#platform/errors.ts'

import type { Language, Words } from './command.ts'

const faults: Record<PolicyFaultCode, Words> = {
  'not-readable': { ja: '読めません', en: 'cannot be read' },
  'no-policies': { ja: 'ポリシーが一つもありません', en: 'there is no policy' },
  syntax: { ja: 'Cedarの書き方が違います', en: 'is not written in Cedar' },
  template: { ja: 'ひな形（?principal、?resource）は使えません', en: 'templates (?principal, ?resource) are not used' },
  'annotation-missing': { ja: '注釈がありません', en: 'an annotation is missing' },
  'id-twice': { ja: '同じidのポリシーがあります', en: 'there is a policy of the same id' },
  'schema-elsewhere': {
    ja: 'スキーマは置き換えられません。policies/tenbin.cedarschema の言葉で書いてください',
    en: 'the schema cannot be replaced: write in the words of policies/tenbin.cedarschema',
  },
  'action-unknown': { ja: 'スキーマにない操作です', en: 'the schema has no such action' },
  'does-not-fit': { ja: 'スキーマに合いません', en: 'does not fit the schema' },
}

/** One line a fault: file and line first, so that an editor can jump there. */
export const policyFaults = (listed: unknown, language: Language): string =>
  (listed as PolicyFault[])
    .map(({ file, line, fault, policy, message }) => {
      const which = policy === undefined || policy === '' ? '' : ` ${policy}`
      return `  ${file}:${line}${which}: ${faults[fault][language]}${message === undefined ? '' : ` (${message})`}`
    })
    .join('\n')

const roleNames: Record<Role, Words> = {
  caio: { ja: 'AI統括責任者', en: 'Chief AI Officer' },
  'caio-office': { ja: 'AI統括責任者室', en: 'Office of the CAIO' },
  planner: { ja: '企画者', en: 'Planner' },
  provider: { ja: '提供者', en: 'Provider' },
  user: { ja: '利用者', en: 'User' },
  board: { ja: 'アドバイザリーボード委員', en: 'Board member' },
  secretariat: { ja: 'ボード事務局', en: 'Board secretariat' },
  desk: { ja: 'AI相談窓口', en: 'Consultation Desk' },
  administrator: { ja: '管理者', en: 'Administrator' },
  auditor: { ja: '監査', en: 'Auditor' },
  supplier: { ja: '事業者', en: 'Supplier contact' },
  public: { ja: '一般', en: 'Public' },
}

/** Why it is refused, in the words of the policy, and who may do it instead. */
export function refusalWords(params: ErrorParams, language: Language): string | undefined {
  const { words, policy, roles } = params as { words?: Name; policy?: string; roles?: readonly Role[] }
  const who = (roles ?? []).map((role) => roleNames[role]?.[language] ?? role)
  const lines = [
    ...(words === undefined ? [] : [words[language]]),
    ...(who.length === 0
      ? []
      : [language === 'ja' ? `できる役割：${who.join('、')}` : `Roles that may: ${who.join(', ')}`]),
    ...(policy === undefined ? [] : [language === 'ja' ? `ポリシー：${policy}` : `Policy: ${policy}`]),
  ]
  return lines.length === 0 ? undefined : lines.join('\n')
}
