import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'

import { headings, roleWords } from '#access/provision/columns.ts'
import { importPeople, type PeopleChange, type PeopleImport } from '#access/provision/import-people.ts'
import { type PersonFault, readPeople } from '#access/provision/read-people.ts'
import { AppError } from '#platform/errors.ts'
import { readInWorker } from '#register/spreadsheet/read-in-worker.ts'
import { readDate } from '#register/wareki.ts'

import type { Command, ExitCode, Language, Words } from '../command.ts'
import { whoActs } from '../who.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const peopleImport: Command = {
  name: 'people import',
  arguments: '<file>',
  words: word(
    '人と役割を一覧（CSVかXLSX）に合わせます。まず何が変わるかだけを示し、--apply を付けたときに、すべてを一度に行います。一行でも受け付けられないときは、何も変えません。',
    'Make people and roles what a list (CSV or XLSX) says. Shows first what would change; with --apply it is done, all at once. If one row is refused, nothing changes.',
  ),
  options: {
    apply: { type: 'boolean', words: word('実際に行います。付けないと、示すだけです', 'do it; without it, only show') },
    organisation: {
      type: 'string',
      value: 'code',
      words: word(
        '一覧の組織（コードか名前）。この下だけが変わります',
        'organisation of the list: code or name; only what lies below it changes',
      ),
    },
    'disable-missing': {
      type: 'boolean',
      words: word('一覧にない利用者名の人を停止します', 'disable people whose user name is not listed'),
    },
    encoding: { type: 'string', words: word('文字コード。省くと判定します', 'encoding; detected when left out') },
    sheet: { type: 'string', words: word('シートの名前', 'name of the sheet') },
    as: { type: 'string', value: 'person id', words: word('誰として行うか', 'person to act as') },
  },
  takes: [1, 1],
  needs: 'house',
  run: async (io, input, { deps }): Promise<ExitCode> => {
    const said = (name: string) => (typeof input.values[name] === 'string' ? input.values[name] : undefined)
    const path = resolve(io.cwd, input.positionals[0]!)
    if (!existsSync(path)) throw new AppError('not-found', { file: path })
    if (!statSync(path).isFile()) throw new AppError('bad-file', { reason: 'not-a-file', path })
    const { actor, organisationId } = await whoActs(deps, {
      action: 'manage-people',
      organisation: said('organisation'),
      as: said('as'),
    })
    const [encoding, sheet] = [said('encoding'), said('sheet')]
    const grid = await readInWorker(basename(path), readFileSync(path), {
      ...(encoding === undefined
        ? {}
        : { encoding: encoding as NonNullable<Parameters<typeof readInWorker>[2]>['encoding'] & string }),
      ...(sheet === undefined ? {} : { sheet }),
    })
    const { people, faults } = readPeople(grid, dayOf)
    const apply = input.values['apply'] === true
    const done: PeopleImport =
      faults.length > 0
        ? { ok: false, faults }
        : await importPeople(deps, actor, {
            people,
            organisationId,
            apply,
            disableMissing: input.values['disable-missing'] === true,
          })
    io.out(input.json ? JSON.stringify(done) : inWords(done, io.language))
    return done.ok ? 0 : 1
  },
}

/** A whole day, in the Western or the Japanese calendar. */
function dayOf(text: string): string | undefined {
  const read = readDate(text)
  return read.ok && read.precision === 'day' ? read.iso : undefined
}

const kinds: Readonly<Record<PeopleChange['kind'], Words>> = {
  added: word('加える', 'add'),
  changed: word('変える', 'change'),
  'role-given': word('役割を与える', 'give role'),
  'role-ended': word('役割を終える', 'end role'),
  disabled: word('停止する', 'disable'),
  enabled: word('停止を解く', 'enable'),
}
const faultWords: Readonly<Record<PersonFault['code'], (f: PersonFault) => Words>> = {
  'no-header': () =>
    word(
      `見出しの行がありません。少なくとも「${headings.userName[0]}」と「${headings.nameJa[0]}」の列が要ります。`,
      'There is no row of headings. At least "userName" and "name" are needed.',
    ),
  'column-missing': (f) =>
    word(`列「${columnWord(f, 'ja')}」がありません。`, `The column "${columnWord(f, 'en')}" is missing.`),
  missing: (f) => word(`「${columnWord(f, 'ja')}」が空です。`, `"${columnWord(f, 'en')}" is empty.`),
  'not-readable': (f) =>
    word(
      `「${columnWord(f, 'ja')}」の「${f.value}」を読めません。`,
      `"${columnWord(f, 'en')}" cannot be read: "${f.value}".`,
    ),
  conflict: (f) =>
    word(
      `同じ利用者名の前の行と「${columnWord(f, 'ja')}」が違います（${f.value}）。`,
      `"${columnWord(f, 'en')}" differs from an earlier row of the same user name (${f.value}).`,
    ),
  'unknown-organisation': (f) =>
    word(
      `組織「${f.value}」がこの下にないか、二つ以上あります。`,
      `There is no organisation "${f.value}" below, or more than one.`,
    ),
  'unknown-role': (f) => word(`役割「${f.value}」がありません。`, `There is no role "${f.value}".`),
  refused: (f) => {
    const why = refusals[f.because ?? '']
    return word(why?.ja ?? `受け付けられません（${f.because}）。`, why?.en ?? `Refused (${f.because}).`)
  },
}
const refusals: Readonly<Record<string, Words>> = {
  'not-permitted: oneself': word(
    '自分の役割や状態は変えられません。--as で別の管理者を指定してください。',
    'Nobody changes his own roles or state. Name another administrator by --as.',
  ),
  'not-permitted: across-ministries': word(
    '府省をまたいで見る役割は、ボードを運営する組織の管理者が与えます。',
    'Roles that read across ministries are given by the organisation that runs the board.',
  ),
  'wrong-state: last-administrator': word(
    '組織の最後の管理者は外せません。先に別の管理者を決めてください。',
    'The last administrator of an organisation cannot go. Name another one first.',
  ),
  'wrong-state: erased': word('個人情報を消した人です。', 'The personal data of this person were erased.'),
  'already-exists: userName': word('利用者名が別の組織で使われています。', 'The user name is in use elsewhere.'),
}
const columnWord = ({ column }: PersonFault, language: Language): string => {
  const names = column === undefined ? [] : headings[column]
  return (language === 'ja' ? names[0] : names.find((name) => /^[\x20-\x7e]+$/.test(name))) ?? ''
}

function inWords(done: PeopleImport, language: Language): string {
  const lineWord = (line: number) => (line === 0 ? '' : { ja: `${line}行目  `, en: `row ${line}  ` }[language])
  if (!done.ok) {
    const lines = done.faults.map((fault) => `  ${lineWord(fault.line)}${faultWords[fault.code](fault)[language]}`)
    const end = { ja: '何も変えていません。', en: 'Nothing was changed.' }[language]
    return [...lines, end].join('\n')
  }
  const lines = done.changes.map((change) => {
    const role = change.role && (language === 'ja' ? roleWords[change.role][0] : roleWords[change.role].at(-1))
    const what = [role, change.organisation, change.fields?.join(', '), change.to && `–${change.to}`]
    return `  ${lineWord(change.line)}${change.userName}  ${kinds[change.kind][language]}  ${what.filter(Boolean).join(' ')}`.trimEnd()
  })
  const counts = { changes: done.changes.length, unchanged: done.unchanged }
  const end = done.applied
    ? word(
        `${counts.changes}件を行いました。変わらない人は${counts.unchanged}人です。`,
        `${counts.changes} changes were made; ${counts.unchanged} people are unchanged.`,
      )
    : word(
        `${counts.changes}件が変わります。変わらない人は${counts.unchanged}人です。まだ何も変えていません。行うには --apply を付けてください。`,
        `${counts.changes} changes; ${counts.unchanged} people unchanged. Nothing was changed yet. Add --apply to do it.`,
      )
  return [...lines, end[language]].join('\n')
}
