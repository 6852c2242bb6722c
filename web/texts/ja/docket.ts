export const docket = {
  title: 'アドバイザリーボードの案件',
}
