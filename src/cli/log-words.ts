import type { Words } from './command.ts'

type Params = Readonly<Record<string, unknown>>
const text = (value: unknown) => String(value)

const torn = (ja: string, en: string): Words => ({
  ja: `${ja}何も署名していません。\`tenbin audit verify\` で、どこが違うかを調べてください。`,
  en: `${en} Nothing was signed. Find out where with \`tenbin audit verify\`.`,
})

/** Words for why the log is not signed, by the reason in the params. */
export const logWords: Readonly<Record<string, (p: Params) => Words>> = {
  'log-root-differs': (p) =>
    torn(
      `操作の記録の木が、${text(p['size'])}件のときに署名したものと違います。`,
      `The tree of the log is not the one that was signed at ${text(p['size'])} entries.`,
    ),
  'log-tiles-differ': () =>
    torn('操作の記録の葉とタイルが合いません。', 'Leaves and tiles of the log do not belong together.'),
  'log-leaves-missing': (p) =>
    torn(
      `操作の記録が、署名した${text(p['signed'])}件より少なくなっています（${text(p['size'])}件）。`,
      `The log has fewer entries (${text(p['size'])}) than were signed (${text(p['signed'])}).`,
    ),
  'log-key-missing': (p) => ({
    ja: `署名の鍵 ${text(p['file'])} がありません。控えから戻すか、TENBIN_LOG_KEY で場所を指定してください。失われたときは \`tenbin audit rotate-key --lost\` で新しい鍵にします。`,
    en: `The signing key ${text(p['file'])} is not there. Restore it from a backup, or name its place with TENBIN_LOG_KEY. If it is lost, \`tenbin audit rotate-key --lost\` makes a new one.`,
  }),
  'log-key-other': (p) => ({
    ja: `${text(p['file'])} は、この記録の鍵（${text(p['key'])}）ではありません。ほかのサーバーと同じ鍵のファイルを TENBIN_LOG_KEY で指定してください。`,
    en: `${text(p['file'])} is not the key of this log (${text(p['key'])}). Name the same key file as on the other servers with TENBIN_LOG_KEY.`,
  }),
  'log-key-unreadable': (p) => ({
    ja: `${text(p['file'])} は、Ed25519の鍵（PEM）として読めません。`,
    en: `${text(p['file'])} cannot be read as an Ed25519 key (PEM).`,
  }),
  'log-origin-other': (p) => ({
    ja: `この記録の名前は ${text(p['is'])} です。TENBIN_LOG_ORIGIN を元に戻してください。名前は後から変えられません。`,
    en: `This log is called ${text(p['is'])}. Set TENBIN_LOG_ORIGIN back: the name cannot be changed later.`,
  }),
  'handing-over': () => ({
    ja: '前の鍵の交代がまだ終わっていません。サーバーを動かすと続きが行われます。',
    en: 'The hand-over before this one is not finished. It goes on while the server runs.',
  }),
  'witness-line': (p) => ({
    ja: `立会人のファイルの${text(p['line'])}行目を読めません。検証鍵（種類0x04）と、必要なら空白に続けてアドレスを書いてください。`,
    en: `Line ${text(p['line'])} of the file of witnesses cannot be read. Write a verifier key (type 0x04) and, if wanted, a space and an address.`,
  }),
}
