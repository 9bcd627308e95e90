#include "imp-verify-scan-private.h"

#include <string.h>

/* Reads every code of a scan without turning it into pixels: only so is it known where the picture
 * ends and whether something stands behind it. libjpeg does not say: it skips what is left over. */

typedef struct
{
  const guint8 *next;
  const guint8 *end;
  guint64 bits; /* the lowest @n_bits are unread */
  int n_bits;
  gboolean failed; /* more bits were asked for than there are, or a code is not in its table */
} Reader;

typedef struct
{
  ImpJpegFrame *frame;
  const ImpJpegScan *scan;
  Reader reader;
  guint end_of_band_run;
} Decoder;

/**
 * imp_huffman_parse:
 * @table: (out caller-allocates): the table
 * @data: (array length=length): 16 counts and the symbols (T.81 B.2.4.2)
 * @length: bytes there are
 *
 * Returns: bytes used, or 0 where it is not a table
 */
gsize
imp_huffman_parse (ImpHuffman *table, const guint8 *data, gsize length)
{
  guint total = 0;
  guint position = 0;
  gint32 code = 0;

  for (guint i = 0; i < 16 && length >= 16; i++)
    total += data[i];
  if (length < 16 || total > 256 || length < 16 + total)
    return 0;
  memset (table, 0, sizeof *table);
  if (total > 0)
    memcpy (table->symbols, data + 16, total);
  for (gint32 bits = 1; bits <= 16; bits++, code <<= 1)
    {
      gint32 n = data[bits - 1];

      table->offset[bits] = (gint32)position - code;
      if (code + n > 1 << bits)
        return 0;
      for (gint32 i = 0; i < n; i++, position++, code++)
        for (gint32 rest = 0; bits <= 8 && rest < 1 << (8 - bits); rest++)
          table->fast[(code << (8 - bits)) + rest] =
              (guint16)(bits << 8 | table->symbols[position]);
      table->max_code[bits] = n > 0 ? code - 1 : -1;
    }
  table->max_code[17] = G_MAXINT32;
  table->defined = TRUE;
  return 16 + total;
}

/* Reads on up to the next marker; a 0xFF of the data has a 0 behind it (T.81 F.1.2.3). */
static void
fill (Reader *reader)
{
  while (reader->n_bits <= 48 && reader->next < reader->end)
    {
      guint8 byte = *reader->next;

      if (byte == 0xff && (reader->next + 1 >= reader->end || reader->next[1] != 0))
        break;
      reader->next += byte == 0xff ? 2 : 1;
      reader->bits = reader->bits << 8 | byte;
      reader->n_bits += 8;
    }
}

static inline guint
take (Reader *reader, int n)
{
  if (reader->n_bits < n)
    fill (reader);
  if (reader->n_bits < n)
    {
      reader->failed = TRUE;
      return 0;
    }
  reader->n_bits -= n;
  return (guint)(reader->bits >> reader->n_bits) & ((1u << n) - 1);
}

static guint
symbol (Reader *reader, const ImpHuffman *table)
{
  gint32 code = 0;
  int length = 1;

  if (reader->n_bits < 16)
    fill (reader);
  if (reader->n_bits >= 8)
    {
      guint16 found = table->fast[(reader->bits >> (reader->n_bits - 8)) & 0xff];

      if (found != 0)
        {
          reader->n_bits -= found >> 8;
          return found & 0xff;
        }
    }
  code = (gint32)take (reader, 1);
  while (length <= 16 && code > table->max_code[length])
    {
      code = code << 1 | (gint32)take (reader, 1);
      length++;
    }
  if (length > 16 || !table->defined || reader->failed)
    {
      reader->failed = TRUE;
      return 0;
    }
  return table->symbols[code + table->offset[length]];
}

static void
read_dc (Decoder *self, const ImpJpegComponent *component)
{
  if (self->scan->high > 0)
    take (&self->reader, 1); /* a refinement: one bit a block (T.81 G.1.2.1) */
  else
    {
      guint size = symbol (&self->reader, &self->frame->dc[component->dc_table]);

      if (size > 15)
        self->reader.failed = TRUE;
      else
        take (&self->reader, (int)size);
    }
}

/* First pass over AC coefficients: T.81 F.2.2.2, and G.1.2.2 for progressive ones. */
static void
read_ac (Decoder *self, const ImpJpegComponent *component, guint64 *nonzero)
{
  Reader *reader = &self->reader;
  guint k = MAX (self->scan->first, 1);

  if (self->end_of_band_run > 0)
    {
      self->end_of_band_run--;
      return;
    }
  while (k <= self->scan->last && !reader->failed)
    {
      guint pair = symbol (reader, &self->frame->ac[component->ac_table]);
      guint run = pair >> 4;
      guint size = pair & 15;

      if (size == 0 && run < 15)
        {
          if (self->frame->progressive)
            self->end_of_band_run = (1u << run) - 1 + take (reader, (int)run);
          else if (run != 0)
            reader->failed = TRUE;
          return;
        }
      k += run;
      if (k > self->scan->last && size > 0)
        reader->failed = TRUE;
      else if (size > 0)
        {
          take (reader, (int)size);
          if (nonzero != NULL)
            *nonzero |= (guint64)1 << k;
        }
      k++;
    }
}

/* Passes over @run coefficients that are still 0, from @k on, and one correction bit for each that
 * is not. Returns the position of the coefficient after the run, or past the band's end. */
static guint
refine_run (Decoder *self, guint k, int run, guint64 nonzero)
{
  for (; k <= self->scan->last; k++)
    if (nonzero >> k & 1)
      take (&self->reader, 1);
    else if (--run < 0)
      break;
  return k;
}

/* A later pass over AC coefficients (T.81 G.1.2.3). */
static void
refine_ac (Decoder *self, const ImpJpegComponent *component, guint64 *nonzero)
{
  Reader *reader = &self->reader;
  guint k = self->scan->first;

  while (k <= self->scan->last && self->end_of_band_run == 0 && !reader->failed)
    {
      guint pair = symbol (reader, &self->frame->ac[component->ac_table]);
      guint run = pair >> 4;

      if ((pair & 15) == 0 && run < 15)
        {
          self->end_of_band_run = (1u << run) + take (reader, (int)run);
          break;
        }
      if ((pair & 15) > 1)
        reader->failed = TRUE;
      if ((pair & 15) == 1)
        take (reader, 1); /* its sign */
      k = refine_run (self, k, (int)run, *nonzero);
      if ((pair & 15) == 1 && k <= self->scan->last)
        *nonzero |= (guint64)1 << k;
      else if ((pair & 15) == 1)
        reader->failed = TRUE;
      k++;
    }
  if (self->end_of_band_run > 0)
    {
      if (*nonzero != 0)
        refine_run (self, k, 64, *nonzero);
      self->end_of_band_run--;
    }
}

static void
read_block (Decoder *self, const ImpJpegComponent *component, gsize across, gsize down)
{
  guint64 *nonzero = component->nonzero != NULL
                         ? component->nonzero + down * component->blocks_across + across
                         : NULL;

  if (self->scan->first == 0)
    read_dc (self, component);
  if (self->scan->last == 0)
    return;
  if (self->scan->high > 0 && nonzero != NULL)
    refine_ac (self, component, nonzero);
  else
    read_ac (self, component, nonzero);
}

static void
read_mcu (Decoder *self, gsize column, gsize row)
{
  const ImpJpegScan *scan = self->scan;

  if (scan->n_components == 1)
    {
      read_block (self, &self->frame->components[scan->components[0]], column, row);
      return;
    }
  for (guint i = 0; i < scan->n_components; i++)
    {
      const ImpJpegComponent *component = &self->frame->components[scan->components[i]];

      for (guint y = 0; y < component->v; y++)
        for (guint x = 0; x < component->h; x++)
          read_block (self, component, column * component->h + x, row * component->v + y);
    }
}

/* Checks the bits that fill up the last byte: ones by T.81 F.1.2.3; some encoders write zeros. */
static gboolean
end_byte (Reader *reader)
{
  int n = reader->n_bits % 8;
  guint padding = take (reader, n);

  return padding == 0 || padding == (1u << n) - 1;
}

static gboolean
restart (Decoder *self, guint number)
{
  Reader *reader = &self->reader;

  fill (reader);
  if (reader->n_bits != 0 || self->end_of_band_run > 0 || reader->end - reader->next < 2
      || reader->next[0] != 0xff || reader->next[1] != 0xd0 + number % 8)
    return FALSE;
  reader->next += 2;
  return TRUE;
}

/**
 * imp_jpeg_scan_read:
 * @frame: the frame, prepared
 * @scan: the scan, already checked against the frame
 * @data: (array length=length): the bytes from behind the scan header up to the next marker that
 *   is not a restart marker
 * @length: how many
 * @extra: (out): bytes behind the last block, where there are any
 *
 * Reads the codes of all blocks of a sequential or progressive Huffman scan.
 *
 * Returns: how it ends
 */
ImpScanResult
imp_jpeg_scan_read (ImpJpegFrame *frame, const ImpJpegScan *scan, const guint8 *data, gsize length,
                    gsize *extra)
{
  Decoder self = { .frame = frame, .scan = scan, .reader = { .next = data, .end = data + length } };
  gsize columns = 0;
  gsize rows = 0;
  gboolean padding_is_right = TRUE;
  guint n_restarts = 0;

  *extra = 0;
  imp_jpeg_scan_size (frame, scan, &columns, &rows);
  for (gsize mcu = 0; mcu < columns * rows; mcu++)
    {
      if (frame->restart_interval > 0 && mcu > 0 && mcu % frame->restart_interval == 0)
        {
          padding_is_right = end_byte (&self.reader) && padding_is_right;
          if (!restart (&self, n_restarts++))
            return IMP_SCAN_DAMAGED;
        }
      read_mcu (&self, mcu % columns, mcu / columns);
      if (self.reader.failed)
        return IMP_SCAN_DAMAGED;
    }
  padding_is_right = end_byte (&self.reader) && padding_is_right;
  *extra = (gsize)(self.reader.n_bits / 8) + (gsize)(self.reader.end - self.reader.next);
  if (*extra > 0)
    return IMP_SCAN_EXTRA;
  if (self.end_of_band_run > 0)
    return IMP_SCAN_DAMAGED;
  return padding_is_right ? IMP_SCAN_EXACT : IMP_SCAN_PADDING;
}
