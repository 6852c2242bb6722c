import type { evidence as source } from '../ja/evidence.ts'

type Params = Readonly<Record<string, unknown>>
const list = (value: unknown) => (Array.isArray(value) ? value.map((v) => `.${String(v)}`).join(', ') : '')

const found: Readonly<Record<string, string>> = {
  exe: 'a program',
  elf: 'a program',
  script: 'a program',
  html: 'a web page',
  svg: 'a picture that can hold script',
  zip: 'an archive',
  ole: 'a document of an old format',
  text: 'plain text',
  binary: 'data of unknown kind',
}

const refusals: Readonly<Record<string, (p: Params) => { what: string; todo: string }>> = {
  empty: () => ({ what: 'The file is empty.', todo: 'Save it again and choose it once more.' }),
  'type-not-allowed': (p) => ({
    what: `Files of this kind (${p['ending'] === '' ? 'no ending' : `.${String(p['ending'])}`}) cannot be attached.`,
    todo: `You can attach ${list(p['allowed'])}.`,
  }),
  'not-what-name-says': (p) => ({
    what: `“${String(p['name'])}” is not what its name says: it holds ${found[String(p['found'])] ?? String(p['found'])}.`,
    todo: 'Check the original and save it in the right format.',
  }),
  macros: () => ({
    what: 'Files with macros cannot be attached.',
    todo: 'Take the macros out, or attach it as PDF.',
  }),
  encrypted: () => ({
    what: 'A file with a password cannot be examined, and so not attached.',
    todo: 'Attach it without the password. Who can see it is decided by the rights here.',
  }),
  broken: () => ({ what: 'The file is broken.', todo: 'Open the original and save it again.' }),
  'zip-bomb': () => ({
    what: 'The file would become extremely large when opened, and was not accepted.',
    todo: 'Use fewer large pictures, or attach it as PDF.',
  }),
  infected: () => ({
    what: 'The virus scanner found something, so the file was not accepted.',
    todo: 'Do not open this file, and tell the people who run your systems. It is noted in the log.',
  }),
}

export const evidence: typeof source = {
  title: 'Evidence',
  lead: 'Contracts, test results and other papers that back this registration.',
  none: 'No evidence yet.',
  add: 'Attach evidence',
  addBlocked: 'In this role you cannot attach evidence to this registration.',
  file: 'File',
  fileHelp: (size, endings) => `Up to ${size}. ${endings}`,
  endings: (endings) => endings.map((e) => `.${e}`).join(' '),
  choose: 'Choose a file',
  drop: 'Or drop it here.',
  chosen: (name, size) => `Chosen: ${name} (${size})`,
  tooLarge: (size) => `Too large. Choose a file of up to ${size}.`,
  name: 'Title',
  nameHelp: 'A name that tells it in a list, e.g. Contract of use, fiscal 2026',
  classification: 'Confidentiality',
  classifications: {
    'confidentiality-1': 'Confidentiality-1 information',
    'confidentiality-2': 'Confidentiality-2 information',
    'confidentiality-3': 'Confidentiality-3 information',
  },
  send: 'Attach',
  sending: 'Sending',
  cancel: 'Cancel',
  needFile: 'Choose a file.',
  needName: 'Enter a title.',
  needClassification: 'Choose the confidentiality.',
  added: (name) => `“${name}” is attached.`,
  addedAt: (date, who) => `${date} ${who}`,
  someone: '(name not kept)',
  prove: 'Check the bytes',
  proveOf: (name) => `Check the bytes of “${name}”`,
  proven: (name) => `Not one byte of “${name}” has changed since it was attached.`,
  notProven: (name) =>
    `What is stored of “${name}” is not what was attached. Tell an administrator, who can bring it back from a backup.`,
  hash: 'SHA-256',
  withdraw: 'Withdraw',
  withdrawOf: (name) => `Withdraw “${name}”`,
  withdrawTitle: 'Withdraw this evidence?',
  withdrawText: (name) =>
    `“${name}” stays, marked as withdrawn, with the reason. Its file is removed later by the retention rules.`,
  because: 'Reason for withdrawing',
  needReason: 'Give the reason first.',
  withdrawn: 'Withdrawn',
  withdrawnOn: (date, who, because) => `Withdrawn on ${date} by ${who}. Reason: ${because}`,
  refusal: (code, params) => refusals[code]?.(params),
  notScanned: {
    what: 'The file could not be scanned for viruses, and was not accepted.',
    todo: 'Try again in a while. If it goes on, tell an administrator.',
  },
}
