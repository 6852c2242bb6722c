import type { NoticeKind } from './kinds.ts'

/** What a notification is worded with: names already picked in the language, dates already written. */
export type NoticeFacts = {
  /** Name of the item as far as the person may see it now; otherwise nothing. */
  readonly item?: string | undefined
  readonly organisation: string
  /** Of a role: its word. */
  readonly role?: string
  readonly from?: string
  readonly to?: string
  readonly stored?: string
  readonly rejected?: string
  readonly state?: string
  readonly job?: string
  /** Of a procurement. */
  readonly number?: string
}

export type NoticeWords = {
  readonly title: (facts: NoticeFacts) => string
  readonly todo: (facts: NoticeFacts) => string
}
type AllWords = Record<NoticeKind, NoticeWords>

const quoted = (name: string | undefined, otherwise: string) => (name === undefined ? otherwise : `「${name}」`)
const unnamed = (name: string | undefined, otherwise: string) => (name === undefined ? otherwise : `“${name}”`)

/** Texts of notifications in the app and in mail: one wording for both. */
export const noticeWords: Record<'ja' | 'en', AllWords> = {
  ja: {
    'verdict-stale': {
      title: (f) => `${quoted(f.item, 'AIの利用')}は再判定が必要になりました`,
      todo: () => '判定の根拠になった事実が変わりました。変わった点を確かめて、判定し直してください。',
    },
    'verdict-to-decide': {
      title: (f) => `${quoted(f.item, 'AIの利用')}の判定が判断を待っています`,
      todo: () => '判定は「アドバイザリーボードに相談する」です。企画者と内容を確かめ、判断を記録してください。',
    },
    'role-given': {
      title: (f) => `${f.organisation}の「${f.role}」の役割が与えられました`,
      todo: (f) =>
        `${f.from}から${f.to === undefined ? '、期限なしで' : `${f.to}まで`}この役割で操作できます。覚えがないときは管理者に知らせてください。`,
    },
    'role-ending': {
      title: (f) => `${f.organisation}の「${f.role}」の役割が${f.to}で終わります`,
      todo: () => '続けて必要なときは、管理者に延長を頼んでください。',
    },
    'role-ended': {
      title: (f) => `${f.organisation}の「${f.role}」の役割は${f.to}までになりました`,
      todo: () => 'その後は、この役割では操作できません。',
    },
    'deputy-named': {
      title: (f) => `${f.organisation}の「${f.role}」の代理に指名されました`,
      todo: (f) => `${f.from}から${f.to}まで、代理として操作できます。操作は代理として記録に残ります。`,
    },
    'deputy-of-yours': {
      title: (f) => `${f.organisation}の「${f.role}」に代理が置かれました`,
      todo: (f) => `${f.from}から${f.to}まで、代理の人があなたの役割で操作できます。`,
    },
    'import-finished': {
      title: (f) =>
        f.state === 'done'
          ? '取り込みが終わりました'
          : f.state === 'cancelled'
            ? '取り込みを中止しました'
            : '取り込みに失敗しました',
      todo: (f) =>
        f.state === 'done'
          ? `${f.stored}件を登録し、${f.rejected}件を却下しました。`
          : '何も登録していません。理由は取り込みの画面で確かめられます。',
    },
    'rule-to-review': {
      title: (f) =>
        `${f.item === undefined ? `${f.organisation}の` : quoted(f.item, '')}利活用ルールの審査を頼まれました`,
      todo: () => '案を読んで、確認するか、所見を書いて差し戻してください。',
    },
    'rule-sent-back': {
      title: (f) =>
        `${f.item === undefined ? `${f.organisation}の` : quoted(f.item, '')}利活用ルールが差し戻されました`,
      todo: () => '審査者の所見を読み、案に戻して直してください。',
    },
    'ministry-rule-to-adopt': {
      title: (f) => `${f.organisation}の利活用ルールが採択を待っています`,
      todo: () => '審査者全員の確認が済みました。内容を確かめて採択してください。',
    },
    'system-rule-to-adopt': {
      title: (f) => `${quoted(f.item, 'システム')}の利活用ルールが採択を待っています`,
      todo: () => '審査者全員の確認が済みました。内容を確かめて採択してください。',
    },
    'rule-to-acknowledge': {
      title: (f) =>
        f.state === 'system'
          ? `${quoted(f.item, 'AIシステム')}を使うときの決まりを確認してください`
          : `${f.organisation}の「使うときの決まり」を確認してください`,
      todo: (f) => `期限は${f.to}です。変わったところを読んで、確認を記録してください。`,
    },
    'question-arrived': {
      title: (f) => `${quoted(f.item, '相談')}が届きました`,
      todo: () => '内容を確かめ、担当になってください。',
    },
    'question-followed-up': {
      title: (f) => `${quoted(f.item, '相談')}に追加の質問がありました`,
      todo: () => 'やり取りを開き、期限までに答えてください。',
    },
    'question-handed-over': {
      title: (f) => `${quoted(f.item, '相談')}を引き継ぎました`,
      todo: () => '引き継ぎのメモを読み、期限までに答えてください。',
    },
    'question-due-soon': {
      title: (f) => `${quoted(f.item, '相談')}の回答期限は${f.to}です`,
      todo: () => '期限までに答えるか、理由を書いて期限を延ばしてください。',
    },
    'question-answered': {
      title: (f) => `${quoted(f.item, '相談')}に回答がありました`,
      todo: () => '回答を読み、分からないことは続けて質問してください。',
    },
    'question-deadline-moved': {
      title: (f) => `${quoted(f.item, '相談')}の回答期限が${f.to}になりました`,
      todo: () => '理由はやり取りに書かれています。',
    },
    'advice-adopted': {
      title: (f) => `${quoted(f.item, '案件')}への助言が採択されました`,
      todo: () => '助言と条件を読み、条件ごとに担当と期限を確かめてください。',
    },
    'condition-reported': {
      title: (f) => `${quoted(f.item, '案件')}の条件への対応が報告されました`,
      todo: () => '証跡を確かめ、完了と認めるか、足りないことを書いて差し戻してください。',
    },
    'condition-change-asked': {
      title: (f) => `${quoted(f.item, '案件')}の条件の変更を、府省が願い出ました`,
      todo: () => '座長に伝えてください。条件を変えるか、変えない理由を答えます。',
    },
    'condition-answered': {
      title: (f) => `${quoted(f.item, '案件')}の条件に、ボードの返事がありました`,
      todo: () => '条件の経緯を読んでください。',
    },
    'case-submitted': {
      title: (f) => `${quoted(f.item, '案件')}（${f.number}）がボードに提出されました`,
      todo: () => '審議する会議を決め、委員の申告を確かめてください。',
    },
    'case-to-declare': {
      title: (f) => `${quoted(f.item, '案件')}（${f.number}）の利害関係を申告してください`,
      todo: () => '申告すると、資料を読めるようになります。関係があるときは、審議から外れます。',
    },
    'case-withdrawn': {
      title: (f) => `${quoted(f.item, '案件')}（${f.number}）が取り下げられました`,
      todo: () => '理由は案件の画面に書かれています。',
    },
    'case-scheduled': {
      title: (f) => `${quoted(f.item, '案件')}（${f.number}）は${f.to}の会議で審議されます`,
      todo: () => '質問が届くことがあります。案件の画面を確かめてください。',
    },
    'case-question': {
      title: (f) => `${quoted(f.item, '案件')}（${f.number}）にボードから質問がありました`,
      todo: () => '案件の画面を開き、質問に答えてください。',
    },
    'case-answered': {
      title: (f) => `${quoted(f.item, '案件')}（${f.number}）の質問に府省が答えました`,
      todo: () => '案件の画面で答えを読んでください。',
    },
    'report-submitted': {
      title: (f) => `${f.item ?? f.organisation}の定期報告が提出されました`,
      todo: () => '報告を開いて確かめてください。',
    },
    'tender-sent': {
      title: (f) => `${f.organisation}から調達の要件への回答を求められています（${f.number}）`,
      todo: (f) => `回答期限は${f.to}です。項目ごとに回答し、まとめて提出してください。`,
    },
    'tender-amended': {
      title: (f) => `回答を求められている要件が変わりました（${f.number}）`,
      todo: (f) =>
        `変わった項目を確かめて、回答し直してください。回答期限は${f.to}です。招待を受けた方は、届いたリンクから開けます。`,
    },
    'tender-deadline': {
      title: (f) => `回答期限が${f.to}になりました（${f.number}）`,
      todo: () => '期限までは、提出した後でも直して出し直せます。招待を受けた方は、届いたリンクから開けます。',
    },
    'tender-due': {
      title: (f) => `回答期限が近づいています（${f.number}、${f.to}まで）`,
      todo: () => 'まだ提出されていません。期限を過ぎると提出できません。招待を受けた方は、届いたリンクから開けます。',
    },
    'tender-ended': {
      title: (f) =>
        f.state === 'awarded' ? `契約の相手方に選ばれました（${f.number}）` : `調達の手続が終わりました（${f.number}）`,
      todo: (f) =>
        f.state === 'awarded'
          ? `この後の手続は${f.organisation}の担当者から連絡があります。`
          : '回答をいただき、ありがとうございました。',
    },
    'tender-handed-in': {
      title: (f) => `事業者の回答が届きました（${f.number}）`,
      todo: () => '回答を比べて、項目ごとに評価してください。',
    },
    'job-failed': {
      title: (f) => `処理に失敗しました：${f.job}`,
      todo: () => '繰り返し試しましたが終わりませんでした。原因を確かめて、やり直すか取り下げてください。',
    },
    'webhook-stopped': {
      title: (f) => `${f.organisation}のWebhookを止めました`,
      todo: () => '続けて届かなかったため、送るのを止めました。受け手を確かめてから、もう一度有効にしてください。',
    },
    'log-check-failed': {
      title: () => '操作の記録の検証に失敗しました',
      todo: () => '記録が書き換えられたか、欠けているおそれがあります。検証の結果を開いて、すぐに確かめてください。',
    },
  },
  en: {
    'verdict-stale': {
      title: (f) => `${unnamed(f.item, 'A use of AI')} must be weighed again`,
      todo: () => 'Facts that its verdict rests on have changed. Look at what changed and weigh it again.',
    },
    'verdict-to-decide': {
      title: (f) => `The verdict on ${unnamed(f.item, 'a use of AI')} waits for a decision`,
      todo: () =>
        'The verdict is to consult the Advisory Board. Go through it with the planner and record the decision.',
    },
    'role-given': {
      title: (f) => `You were given the role “${f.role}” for ${f.organisation}`,
      todo: (f) =>
        `You can act in it from ${f.from}${f.to === undefined ? ', without end' : ` to ${f.to}`}. If you did not expect this, tell your administrator.`,
    },
    'role-ending': {
      title: (f) => `Your role “${f.role}” for ${f.organisation} ends on ${f.to}`,
      todo: () => 'If you still need it, ask your administrator to prolong it.',
    },
    'role-ended': {
      title: (f) => `Your role “${f.role}” for ${f.organisation} was set to end on ${f.to}`,
      todo: () => 'After that day you cannot act in this role.',
    },
    'deputy-named': {
      title: (f) => `You were named deputy of the role “${f.role}” for ${f.organisation}`,
      todo: (f) => `You can act as deputy from ${f.from} to ${f.to}. The log says that you acted as deputy.`,
    },
    'deputy-of-yours': {
      title: (f) => `A deputy was named for your role “${f.role}” for ${f.organisation}`,
      todo: (f) => `The deputy can act in your role from ${f.from} to ${f.to}.`,
    },
    'import-finished': {
      title: (f) =>
        f.state === 'done'
          ? 'An import is finished'
          : f.state === 'cancelled'
            ? 'An import was cancelled'
            : 'An import failed',
      todo: (f) =>
        f.state === 'done'
          ? `Rows stored: ${f.stored}. Rows rejected: ${f.rejected}.`
          : 'Nothing was stored. The import screen says why.',
    },
    'rule-to-review': {
      title: (f) =>
        `You are asked to review the user's rule of ${f.item === undefined ? f.organisation : unnamed(f.item, '')}`,
      todo: () => 'Read the draft and confirm it, or send it back with a remark.',
    },
    'rule-sent-back': {
      title: (f) => `The user's rule of ${f.item === undefined ? f.organisation : unnamed(f.item, '')} was sent back`,
      todo: () => 'Read the remark of the reviewer, take the rule back to draft and change it.',
    },
    'ministry-rule-to-adopt': {
      title: (f) => `The user's rule of ${f.organisation} waits to be adopted`,
      todo: () => 'Every reviewer has confirmed it. Check it and adopt it.',
    },
    'system-rule-to-adopt': {
      title: (f) => `The user's rule of ${unnamed(f.item, 'a system')} waits to be adopted`,
      todo: () => 'Every reviewer has confirmed it. Check it and adopt it.',
    },
    'rule-to-acknowledge': {
      title: (f) =>
        f.state === 'system'
          ? `Read and acknowledge the rules for using ${unnamed(f.item, 'an AI system')}`
          : `Read and acknowledge the rules of use of ${f.organisation}`,
      todo: (f) => `Please do so by ${f.to}. The page shows first what changed since you last acknowledged them.`,
    },
    'question-arrived': {
      title: (f) => `${unnamed(f.item, 'A question')} reached the desk`,
      todo: () => 'Read it and take it.',
    },
    'question-followed-up': {
      title: (f) => `${unnamed(f.item, 'A question')} was followed by a further question`,
      todo: () => 'Open the thread and answer by the deadline.',
    },
    'question-handed-over': {
      title: (f) => `${unnamed(f.item, 'A question')} was handed over to you`,
      todo: () => 'Read the note and answer by the deadline.',
    },
    'question-due-soon': {
      title: (f) => `${unnamed(f.item, 'A question')} is due on ${f.to}`,
      todo: () => 'Answer by then, or extend the deadline with a reason.',
    },
    'question-answered': {
      title: (f) => `${unnamed(f.item, 'Your question')} was answered`,
      todo: () => 'Read the answer and ask further where something is not clear.',
    },
    'question-deadline-moved': {
      title: (f) => `${unnamed(f.item, 'Your question')} will be answered by ${f.to}`,
      todo: () => 'The thread says why.',
    },
    'advice-adopted': {
      title: (f) => `Advice on ${unnamed(f.item, 'a case')} was adopted`,
      todo: () => 'Read the advice, and see who owns each condition and when it is due.',
    },
    'condition-reported': {
      title: (f) => `It was reported how a condition of ${unnamed(f.item, 'a case')} was met`,
      todo: () => 'Look at the evidence. Settle it as met, or send it back and say what is missing.',
    },
    'condition-change-asked': {
      title: (f) => `A ministry asks to change a condition of ${unnamed(f.item, 'a case')}`,
      todo: () => 'Tell the chair, who words it anew or says why it is kept.',
    },
    'condition-answered': {
      title: (f) => `The Board answered on a condition of ${unnamed(f.item, 'a case')}`,
      todo: () => 'Read what became of the condition.',
    },
    'case-submitted': {
      title: (f) => `${unnamed(f.item, 'A case')} (${f.number}) was submitted to the Board`,
      todo: () => 'Set the meeting that deliberates on it and see to the declarations of the members.',
    },
    'case-to-declare': {
      title: (f) => `Declare your interest in ${unnamed(f.item, 'a case')} (${f.number})`,
      todo: () => 'Once you have declared you can read the dossier. If you have an interest, you are recused.',
    },
    'case-withdrawn': {
      title: (f) => `${unnamed(f.item, 'A case')} (${f.number}) was withdrawn`,
      todo: () => 'The page of the case says why.',
    },
    'case-scheduled': {
      title: (f) => `${unnamed(f.item, 'A case')} (${f.number}) is on the agenda of the meeting on ${f.to}`,
      todo: () => 'The Board may ask questions. Keep an eye on the page of the case.',
    },
    'case-question': {
      title: (f) => `The Board asks about ${unnamed(f.item, 'a case')} (${f.number})`,
      todo: () => 'Open the page of the case and answer the question.',
    },
    'case-answered': {
      title: (f) => `The ministry answered a question about ${unnamed(f.item, 'a case')} (${f.number})`,
      todo: () => 'Read the answer on the page of the case.',
    },
    'report-submitted': {
      title: (f) => `The periodic report of ${f.item ?? f.organisation} was submitted`,
      todo: () => 'Open the report and read it.',
    },
    'tender-sent': {
      title: (f) => `${f.organisation} asks you to answer the requirements of a procurement (${f.number})`,
      todo: (f) => `Answers are due on ${f.to}. Answer item by item, then hand all of them in.`,
    },
    'tender-amended': {
      title: (f) => `Requirements you were asked to answer have changed (${f.number})`,
      todo: (f) =>
        `Look at the changed items and answer them again. Answers are due on ${f.to}. If you were invited by mail, open the link in that mail.`,
    },
    'tender-deadline': {
      title: (f) => `Answers are now due on ${f.to} (${f.number})`,
      todo: () =>
        'Until then you can change what you handed in and hand it in again. If you were invited by mail, open the link in that mail.',
    },
    'tender-due': {
      title: (f) => `Your answers are due soon (${f.number}, by ${f.to})`,
      todo: () =>
        'Nothing has been handed in yet, and after the deadline nothing can be. If you were invited by mail, open the link in that mail.',
    },
    'tender-ended': {
      title: (f) =>
        f.state === 'awarded'
          ? `You were chosen as contract partner (${f.number})`
          : `A procurement has ended (${f.number})`,
      todo: (f) =>
        f.state === 'awarded'
          ? `${f.organisation} will contact you about what comes next.`
          : 'Thank you for your answers.',
    },
    'tender-handed-in': {
      title: (f) => `A supplier handed in its answers (${f.number})`,
      todo: () => 'Compare the answers and evaluate them item by item.',
    },
    'job-failed': {
      title: (f) => `A job failed: ${f.job}`,
      todo: () => 'It was tried several times and did not end well. Find the cause, then try it again or discard it.',
    },
    'webhook-stopped': {
      title: (f) => `A webhook of ${f.organisation} was stopped`,
      todo: () => 'Several deliveries in a row did not arrive. Check the receiver, then switch the webhook on again.',
    },
    'log-check-failed': {
      title: () => 'The log did not pass verification',
      todo: () =>
        'Entries may have been changed or may be missing. Open the result of the verification and look into it at once.',
    },
  },
}

/** What a job does, by its name; one that is not here is called by its name. */
export const jobWords: Record<'ja' | 'en', Readonly<Record<string, string>>> = {
  ja: {
    'notices.tell': 'お知らせを作る',
    'notices.mail': 'メールを1通送る',
    'notices.digest': '1日分のお知らせをまとめる',
    'notices.mail-digest': '1日分のお知らせをメールで送る',
    'notices.roles-ending': '期限が近い役割を知らせる',
    'notices.clear-away': '古いお知らせと送信の記録を消す',
    'webhooks.fan-out': 'Webhookの送り先を決める',
    'webhooks.deliver': 'Webhookを送る',
    'webhooks.test': 'Webhookを試しに送る',
    'jobs.retry': '失敗した処理をやり直す',
    'keeping.apply-retention': '保存期間の過ぎた記録を片付ける',
    'user-rules.tell-in-force': '利活用ルールの施行を知らせる',
    'acknowledgements.ask': '決まりの確認を職員に求める',
    'acknowledgements.ask-daily': '決まりの確認の期限が近い職員に知らせる',
    'tenders.send-link': '事業者に回答のリンクを送る',
    'tenders.remind': '回答期限が近い事業者に知らせる',
    'audit.verify': '操作の記録を検証する',
    'board.declarations': '委員に利害関係の申告を促す',
    'desk.deadlines': '期限が近い相談を知らせる',
  },
  en: {
    'notices.tell': 'Make notifications',
    'notices.mail': 'Send one mail',
    'notices.digest': 'Gather the notifications of the day',
    'notices.mail-digest': 'Mail the notifications of the day',
    'notices.roles-ending': 'Tell of roles that end soon',
    'notices.clear-away': 'Remove old notifications and deliveries',
    'webhooks.fan-out': 'Find the webhooks of an event',
    'webhooks.deliver': 'Deliver a webhook',
    'webhooks.test': 'Send a test webhook',
    'jobs.retry': 'Try a failed job again',
    'keeping.apply-retention': 'Clear away records past their retention period',
    'user-rules.tell-in-force': "Tell of user's rules that come into force",
    'acknowledgements.ask': 'Ask staff to acknowledge a rule',
    'acknowledgements.ask-daily': 'Tell staff whose day for acknowledging a rule is near',
    'tenders.send-link': 'Mail a supplier the link to answer',
    'tenders.remind': 'Remind suppliers whose answers are due',
    'audit.verify': 'Verify the log',
    'board.declarations': 'Ask members to declare their interests',
    'desk.deadlines': 'Tell of questions that are due soon',
  },
}
export const jobWord = (language: 'ja' | 'en', name: string): string => jobWords[language][name] ?? name
