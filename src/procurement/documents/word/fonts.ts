import type { Language } from '#procurement/documents/model.ts'

/** Fonts that every Windows of an office has. East Asian text has its own entry, or Word would take the one of its theme. */
const font = (latin: string, japanese: string) => ({ ascii: latin, hAnsi: latin, cs: latin, eastAsia: japanese })
export const fonts: Readonly<Record<Language, Record<'text' | 'heading', ReturnType<typeof font>>>> = {
  ja: { text: font('ＭＳ 明朝', 'ＭＳ 明朝'), heading: font('ＭＳ ゴシック', 'ＭＳ ゴシック') },
  en: { text: font('Times New Roman', 'ＭＳ 明朝'), heading: font('Arial', 'ＭＳ ゴシック') },
}

type Listed = {
  readonly name: string
  readonly instead: string
  readonly family: string
  readonly pitch: string
  readonly charset: string
}
const listed: readonly Listed[] = [
  {
    name: 'ＭＳ 明朝',
    instead: 'MS Mincho;Yu Mincho;游明朝;Noto Serif CJK JP;IPAex明朝',
    family: 'roman',
    pitch: 'fixed',
    charset: '80',
  },
  {
    name: 'ＭＳ ゴシック',
    instead: 'MS Gothic;Yu Gothic;游ゴシック;Noto Sans CJK JP;IPAexゴシック',
    family: 'modern',
    pitch: 'fixed',
    charset: '80',
  },
  { name: 'Times New Roman', instead: 'Liberation Serif;Tinos', family: 'roman', pitch: 'variable', charset: '00' },
  { name: 'Arial', instead: 'Liberation Sans;Arimo', family: 'swiss', pitch: 'variable', charset: '00' },
]

/** What to take where a font is not there (17.8.3.1, altName), with the family to which it belongs. */
export const fontTable =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
  listed
    .map(
      ({ name, instead, family, pitch, charset }) =>
        `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="${charset}"/><w:family w:val="${family}"/><w:pitch w:val="${pitch}"/></w:font>`,
    )
    .join('') +
  '</w:fonts>'
