import type { Words } from './command.ts'

type Params = Readonly<Record<string, unknown>>

const found: Readonly<Record<string, (p: Params) => Words>> = {
  superuser: (p) => ({
    ja: `役割「${String(p['role'])}」はスーパーユーザーで、行ごとの保護を受けません。`,
    en: `The role "${String(p['role'])}" is a superuser, whom row-level security does not hold.`,
  }),
  bypasses: (p) => ({
    ja: `役割「${String(p['role'])}」は行ごとの保護を外せます（BYPASSRLS）。`,
    en: `The role "${String(p['role'])}" may set row-level security aside (BYPASSRLS).`,
  }),
  owns: (p) => ({
    ja: `役割「${String(p['role'])}」は表「${String(p['table'])}」の持ち主で、保護を外せます。`,
    en: `The role "${String(p['role'])}" owns the table "${String(p['table'])}" and could take its policies away.`,
  }),
  'open-table': (p) => ({
    ja: `表「${String(p['table'])}」に行ごとの保護がありません。`,
    en: `The table "${String(p['table'])}" has no row-level security.`,
  }),
}

/** What is wrong with the database or with the role that signs in to it, and the statements that mend it. */
export const databaseReasons: Record<string, (p: Params) => Words> = {
  isolation: (p) => {
    const what = found[String(p['found'])]?.(p) ?? { ja: '', en: '' }
    const statements = [
      '  create role tenbin_owner login;  create role tenbin login;',
      "  create database tenbin owner tenbin_owner encoding 'UTF8' locale 'C.UTF-8' template template0;",
      '  DATABASE_OWNER_URL=postgres://tenbin_owner@…/tenbin  DATABASE_URL=postgres://tenbin@…/tenbin',
    ].join('\n')
    return {
      ja: `始められません。府省の間の隔たりを守れないためです。${what.ja}\n表の持ち主と、天秤が使う役割を分けてください。\n${statements}`,
      en: `Not started: ministries could not be kept apart. ${what.en}\nGive the tables an owner, and Tenbin a role that owns nothing.\n${statements}`,
    }
  },
  'migrations-missing': (p) => ({
    ja: `データベースの表が古いか、まだありません（${(p['names'] as string[]).join('、')}）。表の持ち主の接続先を ${String(p['setting'])} に指定して始めてください。`,
    en: `The tables are old or missing (${(p['names'] as string[]).join(', ')}). Start with the owner's address in ${String(p['setting'])}.`,
  }),
}
