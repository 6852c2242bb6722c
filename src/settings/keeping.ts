import { z } from 'zod'

import { seconds, section, text } from './section.ts'

/** Where files are kept, how they are checked, and how long what is kept. */
export const keeping = section(
  {
    /** Bucket of a store that speaks S3; without it files are kept in the data folder. */
    TENBIN_S3_BUCKET: text,
    /** Its address, `https://s3.ap-northeast-1.amazonaws.com`. */
    TENBIN_S3_ENDPOINT: text,
    TENBIN_S3_REGION: z.string().default('ap-northeast-1'),
    TENBIN_S3_ACCESS_KEY: text,
    TENBIN_S3_SECRET_KEY: text,
    TENBIN_S3_SESSION_TOKEN: text,
    /** Put before each key, `tenbin/`. */
    TENBIN_S3_PREFIX: z.string().default(''),
    /** Program that scans each file; the path is added at the end. `clamdscan --fdpass --no-summary` */
    TENBIN_SCAN_COMMAND: text,
    TENBIN_SCAN_WITHIN_SECONDS: seconds(120, 3600),
    /** Files of the ministry's own instead of those shipped in `keeping/`. */
    TENBIN_EVIDENCE_RULES: text,
    TENBIN_RETENTION_RULES: text,
  },
  (e) => ({
    s3:
      e.TENBIN_S3_BUCKET === undefined
        ? undefined
        : {
            bucket: e.TENBIN_S3_BUCKET,
            endpoint: e.TENBIN_S3_ENDPOINT ?? `https://s3.${e.TENBIN_S3_REGION}.amazonaws.com`,
            region: e.TENBIN_S3_REGION,
            accessKeyId: e.TENBIN_S3_ACCESS_KEY ?? '',
            secretAccessKey: e.TENBIN_S3_SECRET_KEY ?? '',
            ...(e.TENBIN_S3_SESSION_TOKEN === undefined ? {} : { sessionToken: e.TENBIN_S3_SESSION_TOKEN }),
            prefix: e.TENBIN_S3_PREFIX,
          },
    scan:
      e.TENBIN_SCAN_COMMAND === undefined
        ? undefined
        : {
            command: e.TENBIN_SCAN_COMMAND.split(' ').filter((word) => word !== ''),
            timeoutMs: e.TENBIN_SCAN_WITHIN_SECONDS * 1000,
          },
    evidenceRules: e.TENBIN_EVIDENCE_RULES,
    retentionRules: e.TENBIN_RETENTION_RULES,
  }),
)
