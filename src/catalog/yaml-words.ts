type Words = { ja: string; en: string }

/** The mistakes that the YAML parser names by a code, in words for people who write catalogs and no programs. */
const words: Record<string, Words> = {
  TAB_AS_INDENT: {
    ja: 'タブで字下げしています。空白で字下げしてください。',
    en: 'The line is indented with a tab. Indent with spaces.',
  },
  BAD_INDENT: {
    ja: '字下げがそろっていないか、括弧が閉じていません。前後の行と比べてください。',
    en: 'The indentation does not fit, or a bracket is not closed. Compare it with the lines around.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    ja: '一行に「: 」が二つあるか、字下げがずれています。値に「: 」を含む文は引用符で囲んでください。',
    en: 'There are two ": " in one line, or the indentation is off. Put a text that holds ": " in quotes.',
  },
  MULTILINE_IMPLICIT_KEY: {
    ja: 'キーのあとに「: 」がないか、字下げがずれています。',
    en: 'A key is not followed by ": ", or the indentation is off.',
  },
  BLOCK_IN_FLOW: {
    ja: '括弧の中に「: 」や「- 」を含む文があります。その文を引用符で囲んでください。',
    en: 'Inside brackets stands a text with ": " or "- ". Put that text in quotes.',
  },
  MISSING_CHAR: {
    ja: '括弧、引用符、「:」、「,」または「-」が足りません。この行までを見直してください。',
    en: 'A bracket, quote, ":", "," or "-" is missing. Look through the lines up to here.',
  },
  UNEXPECTED_TOKEN: {
    ja: 'ここに書けないものがあります。引用符、括弧、「,」を確かめてください。',
    en: 'Something stands here that cannot. Check quotes, brackets and commas.',
  },
  BAD_SCALAR_START: {
    ja: '文が「@」「`」「%」などの記号で始まっています。引用符で囲んでください。',
    en: 'A text begins with a sign such as @, ` or %. Put it in quotes.',
  },
  BAD_DQ_ESCAPE: {
    ja: '二重引用符の中の「\\」の使い方が違います。「\\\\」と書くか、一重引用符で囲んでください。',
    en: 'A \\ within double quotes is used wrongly. Write \\\\, or use single quotes.',
  },
  BAD_ALIAS: {
    ja: '「*」や「&」で始まる文は引用符で囲んでください。別名なら名前を確かめてください。',
    en: 'Put a text that begins with * or & in quotes. If it is an alias, check its name.',
  },
  MULTIPLE_DOCS: {
    ja: '「---」で区切られた文書が二つ以上あります。一つのファイルには一つだけ書いてください。',
    en: 'The file holds several documents, parted by "---". Write one per file.',
  },
  BAD_DIRECTIVE: {
    ja: '「%」で始まる行があります。取り除くか、引用符で囲んでください。',
    en: 'A line begins with %. Take it out, or put it in quotes.',
  },
  RESOURCE_EXHAUSTION: { ja: '入れ子が深すぎます。', en: 'It is nested too deeply.' },
}
const other: Words = { ja: '書き方を確かめてください。', en: 'Check how it is written.' }

/** What a person should know of a mistake in YAML; `message` is what the parser said, which is in English only. */
export function yamlWords(code: string, message: string, language: 'ja' | 'en'): string {
  const own = words[code]
  return own ? own[language] : `${other[language]} (${code}: ${message})`
}
