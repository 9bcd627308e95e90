/* Grey pixels under every description that a DICOM header can give of them. */
#include "fuzz.h"

#include "imp-grey.h"

#define MOST_ENTRIES 64

typedef struct
{
  const guint8 *data;
  gsize size;
} Pixels;

static gboolean
read_pixels (gpointer data, gsize offset, guint8 *out, gsize size)
{
  const Pixels *pixels = data;

  if (offset > pixels->size || size > pixels->size - offset)
    return FALSE;
  memcpy (out, pixels->data + offset, size);
  return TRUE;
}

static void
take_lut (FuzzBytes *bytes, ImpLut *lut)
{
  guint n = fuzz_take_8 (bytes) % MOST_ENTRIES;

  if (n == 0)
    return;
  lut->n_entries = n;
  lut->entries = g_new (guint16, n);
  fuzz_take (bytes, lut->entries, n * sizeof (guint16));
  lut->first = (gint16)fuzz_take_16 (bytes);
  lut->bits = (int)(fuzz_take_8 (bytes) % 16) + 1;
}

static void
take_luts (FuzzBytes *bytes, ImpGrey *grey)
{
  guint n = fuzz_take_8 (bytes) % 4;

  grey->voi_luts = g_array_new (FALSE, FALSE, sizeof (ImpLut));
  for (guint i = 0; i < n; i++)
    {
      ImpLut lut = { 0 };

      take_lut (bytes, &lut);
      if (lut.entries != NULL)
        g_array_append_val (grey->voi_luts, lut);
    }
}

static void
take_description (FuzzBytes *bytes, ImpGrey *grey)
{
  static const int allocated[] = { 1, 8, 16, 32 };
  guint flags = fuzz_take_8 (bytes);

  grey->bits_allocated = allocated[flags % 4];
  grey->is_signed = (flags & 4) != 0;
  grey->inverse = (flags & 8) != 0;
  grey->has_window = (flags & 16) != 0;
  grey->has_padding = (flags & 32) != 0;
  grey->bits_stored = (gint8)fuzz_take_8 (bytes);
  grey->high_bit = (gint8)fuzz_take_8 (bytes);
  grey->width = (int)(fuzz_take_8 (bytes) % 64) + 1;
  grey->height = (int)(fuzz_take_8 (bytes) % 64) + 1;
  if (grey->bits_allocated == 1)
    grey->bit_offset = fuzz_take_8 (bytes) % 8;
  grey->slope = fuzz_take_double (bytes);
  grey->intercept = fuzz_take_double (bytes);
  grey->window.centre = fuzz_take_double (bytes);
  grey->window.width = fuzz_take_double (bytes);
  grey->window.function = (ImpVoiFunction)(fuzz_take_8 (bytes) % 3);
  grey->padding_low = (gint16)fuzz_take_16 (bytes);
  grey->padding_high = (gint16)fuzz_take_16 (bytes);
  take_lut (bytes, &grey->modality_lut);
  take_luts (bytes, grey);
  take_lut (bytes, &grey->presentation_lut);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzBytes bytes = { data, size };
  g_auto (ImpGrey) grey = { 0 };
  ImpWireReply reply = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = NULL;
  Pixels pixels = { 0 };
  gsize needed = 0;
  gsize values = 0;
  gsize tables = 0;
  gsize padding = 0;
  gsize presentation = 0;

  take_description (&bytes, &grey);
  needed =
      ((gsize)grey.width * (gsize)grey.height * (gsize)grey.bits_allocated + grey.bit_offset + 7)
      / 8;
  if (bytes.left % 2 == 0)
    {
      grey.bytes = g_malloc (needed);
      fuzz_take (&bytes, grey.bytes, needed);
    }
  else
    {
      pixels = (Pixels){ bytes.data, bytes.left };
      grey.read = read_pixels;
      grey.read_data = &pixels;
    }
  memory = imp_grey_render (&grey, &reply, &error);
  FUZZ_HOLDS ((memory == NULL) == (error != NULL));
  if (memory != NULL)
    FUZZ_HOLDS (memory->size
                == imp_wire_grey_size (&reply, &values, &tables, &padding, &presentation));
  return 0;
}
