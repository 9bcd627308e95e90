/* The entropy-coded data of a JPEG (ITU-T T.81), read to know exactly where it ends. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_SCAN_MAX_COMPONENTS 4

/**
 * ImpHuffman:
 *
 * A Huffman table (T.81 annex C), ready for look-up.
 */
typedef struct
{
  gboolean defined;
  guint16 fast[256];   /* by the next 8 bits: length << 8 | symbol, 0 where longer */
  gint32 max_code[18]; /* largest code of each length, -1 for none; [17] ends a search */
  gint32 offset[17];
  guint8 symbols[256];
} ImpHuffman;

/**
 * ImpJpegComponent:
 *
 * A component of the frame header, and how much of it the scans so far have sent.
 */
typedef struct
{
  guint8 id;
  guint8 h;
  guint8 v;
  guint8 dc_table; /* of the present scan */
  guint8 ac_table;
  gsize blocks_across; /* whole MCUs */
  guint64 *nonzero;    /* owned, nullable: progressive: the coefficients known not to be 0 */
  gint8 sent[64];      /* bit position down to which each coefficient is sent; -1: not yet */
} ImpJpegComponent;

/**
 * ImpJpegFrame:
 *
 * What the markers said up to a scan.
 */
typedef struct
{
  int width;
  int height;
  gboolean progressive;
  guint n_components;
  ImpJpegComponent components[IMP_SCAN_MAX_COMPONENTS];
  guint h_max;
  guint v_max;
  guint restart_interval;
  ImpHuffman dc[4];
  ImpHuffman ac[4];
} ImpJpegFrame;

/**
 * ImpJpegScan:
 *
 * A scan header: which components, which coefficients, and how precisely.
 */
typedef struct
{
  guint n_components;
  guint8 components[IMP_SCAN_MAX_COMPONENTS]; /* positions in the frame */
  guint first;
  guint last;
  guint high;
  guint low;
} ImpJpegScan;

/**
 * ImpScanResult:
 * @IMP_SCAN_EXACT: the scan's data ends where its last block ends
 * @IMP_SCAN_EXTRA: bytes stand behind the last block
 * @IMP_SCAN_PADDING: the bits that fill up the last byte are not all alike
 * @IMP_SCAN_DAMAGED: the data cannot be read, or is too short
 */
typedef enum
{
  IMP_SCAN_EXACT,
  IMP_SCAN_EXTRA,
  IMP_SCAN_PADDING,
  IMP_SCAN_DAMAGED,
} ImpScanResult;

gboolean imp_jpeg_frame_prepare (ImpJpegFrame *frame);
void imp_jpeg_frame_clear (ImpJpegFrame *frame);
gboolean imp_jpeg_scan_parse (ImpJpegFrame *frame, const guint8 *body, gsize length,
                              ImpJpegScan *scan);
gboolean imp_jpeg_scan_note (ImpJpegFrame *frame, const ImpJpegScan *scan);
void imp_jpeg_scan_size (const ImpJpegFrame *frame, const ImpJpegScan *scan, gsize *columns,
                         gsize *rows);
gsize imp_huffman_parse (ImpHuffman *table, const guint8 *data, gsize length);
ImpScanResult imp_jpeg_scan_read (ImpJpegFrame *frame, const ImpJpegScan *scan, const guint8 *data,
                                  gsize length, gsize *extra);

G_END_DECLS
