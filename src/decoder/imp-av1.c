#include "imp-av1.h"

#define SEQUENCE_HEADER 1 /* obu_type: AV1 specification, 6.2.2 */
#define SELECT 2          /* SELECT_SCREEN_CONTENT_TOOLS */

/* The bits of one sequence header; past their end there are zeros, and @over says so. */
typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at; /* bits */
  gboolean over;
} Bits;

static guint32
take (Bits *bits, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++, bits->at++)
    {
      gsize byte = bits->at / 8;

      if (byte >= bits->length)
        bits->over = TRUE;
      value = value << 1 | (bits->over ? 0 : bits->data[byte] >> (7 - bits->at % 8) & 1);
    }
  return value;
}

/* uvlc(): 4.10.3. */
static void
skip_variable (Bits *bits)
{
  guint zeros = 0;

  while (zeros < 32 && !bits->over && take (bits, 1) == 0)
    zeros++;
  if (zeros < 32)
    take (bits, zeros);
}

/* timing_info() and decoder_model_info(): 5.5.3, 5.5.4. Returns the bits of a buffer's delay, 0
 * where there is no model of the decoder. */
static guint
skip_timing (Bits *bits)
{
  guint delay = 0;

  if (take (bits, 1) == 0)
    return 0;
  take (bits, 32);
  take (bits, 32);
  if (take (bits, 1) == 1) /* equal_picture_interval */
    skip_variable (bits);
  if (take (bits, 1) == 0)
    return 0;
  delay = take (bits, 5) + 1;
  take (bits, 32);
  take (bits, 10);
  return delay;
}

static void
skip_operating_points (Bits *bits)
{
  guint delay = skip_timing (bits);
  gboolean initial = take (bits, 1) == 1;

  for (guint left = take (bits, 5) + 1; left > 0; left--)
    {
      take (bits, 12);
      if (take (bits, 5) > 7) /* seq_level_idx: seq_tier follows */
        take (bits, 1);
      if (delay > 0 && take (bits, 1) == 1)
        {
          take (bits, delay);
          take (bits, delay);
          take (bits, 1);
        }
      if (initial && take (bits, 1) == 1)
        take (bits, 4);
    }
}

/* The tools of films, between the size of the picture and enable_superres. */
static void
skip_film_tools (Bits *bits)
{
  gboolean order_hint = FALSE;
  guint screen_content = SELECT;

  take (bits, 4);
  order_hint = take (bits, 1) == 1;
  if (order_hint)
    take (bits, 2);
  if (take (bits, 1) == 0)
    screen_content = take (bits, 1);
  if (screen_content > 0 && take (bits, 1) == 0)
    take (bits, 1);
  if (order_hint)
    take (bits, 3);
}

/* sequence_header_obu() up to color_config(): 5.5.1, 5.5.2. */
static gboolean
read_header (Bits *bits, ImpCicp *said)
{
  guint profile = take (bits, 3);
  gboolean still = FALSE; /* reduced_still_picture_header */
  guint across = 0;
  guint down = 0;

  take (bits, 1);
  still = take (bits, 1) == 1;
  if (still)
    take (bits, 5);
  else
    skip_operating_points (bits);
  across = take (bits, 4) + 1;
  down = take (bits, 4) + 1;
  take (bits, across);
  take (bits, down);
  if (!still && take (bits, 1) == 1) /* frame_id_numbers_present_flag */
    take (bits, 7);
  take (bits, 3);
  if (!still)
    skip_film_tools (bits);
  take (bits, 3);
  if (take (bits, 1) == 1 && profile == 2) /* high_bitdepth: twelve_bit follows */
    take (bits, 1);
  if (profile != 1)
    take (bits, 1); /* mono_chrome */
  *said = (ImpCicp){ IMP_CICP_NOT_SAID, IMP_CICP_NOT_SAID };
  if (take (bits, 1) == 1)
    {
      said->primaries = take (bits, 8);
      said->transfer = take (bits, 8);
    }
  return !bits->over;
}

/* leb128(): 4.10.5. */
static gboolean
take_size (Bits *bits, guint64 *size)
{
  *size = 0;
  for (guint i = 0; i < 8; i++)
    {
      guint32 byte = take (bits, 8);

      *size |= (guint64)(byte & 0x7f) << (7 * i);
      if ((byte & 0x80) == 0)
        return !bits->over;
    }
  return FALSE;
}

/**
 * imp_av1_read_colours:
 * @data: (array length=length): the beginning of a stream of OBUs
 * @length: its bytes
 * @said: (out): its colours: 2 for what it does not say
 *
 * Looks for the first sequence header (AV1 specification, 5.3 and 5.5).
 *
 * Returns: whether there is one
 */
gboolean
imp_av1_read_colours (const guint8 *data, gsize length, ImpCicp *said)
{
  Bits bits = { .data = data, .length = length };

  while (bits.at / 8 < length)
    {
      guint32 type = take (&bits, 5); /* after obu_forbidden_bit */
      gboolean extended = take (&bits, 1) == 1;
      gboolean sized = take (&bits, 1) == 1;
      guint64 size = 0;
      gsize start = 0;

      take (&bits, extended ? 9 : 1);
      if (sized && !take_size (&bits, &size))
        return FALSE;
      start = bits.at / 8;
      if (bits.over || (sized && size > length - start && type != SEQUENCE_HEADER))
        return FALSE;
      if (type == SEQUENCE_HEADER)
        return read_header (&bits, said);
      if (!sized)
        return FALSE;
      bits.at = (start + (gsize)size) * 8;
    }
  return FALSE;
}
