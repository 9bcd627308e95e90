/* A whole file, as a child of the helper reads it: its facts, its first frames and its overlays.
 *
 * FUZZ_FORMAT keeps a target to files that begin as its format does, so that its time is spent in
 * one reader. FUZZ_SYNTAX does so for DICOM: transfer syntaxes, a blank around each. */
#include "fuzz.h"

#include "imp-document.h"

#define MOST_PIXELS (2 * 1024 * 1024) /* larger ones take a second each, and run the same code */
#define MOST_FRAMES 3

typedef struct
{
  const char *format;
  gsize at;
  const char *bytes;
  gsize length;
} Beginning;

#define BEGINNING(format, at, bytes)                                                               \
  {                                                                                                \
    format, at, bytes, sizeof (bytes) - 1                                                          \
  }

static const Beginning beginnings[] = {
  BEGINNING ("dicom", 128, "DICM"),
  BEGINNING ("jpeg", 0, "\xff\xd8\xff"),
  BEGINNING ("png", 0, "\x89PNG\r\n\x1a\n"),
  BEGINNING ("tiff", 0, "II*\0"),
  BEGINNING ("tiff", 0, "MM\0*"),
  BEGINNING ("tiff", 0, "II+\0"),
  BEGINNING ("tiff", 0, "MM\0+"),
  BEGINNING ("webp", 8, "WEBP"),
  BEGINNING ("heif", 4, "ftyp"),
  BEGINNING ("bmp", 0, "BM"),
};

static gboolean
has_wanted_syntax (const ImpNotes *notes)
{
  g_autofree char *word = g_strdup_printf (" %s ", notes->transfer_syntax);

  return *FUZZ_SYNTAX == '\0' || strstr (FUZZ_SYNTAX, word) != NULL;
}

static gboolean
is_wanted (const uint8_t *data, size_t size)
{
  if (*FUZZ_FORMAT == '\0')
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (strcmp (beginnings[i].format, FUZZ_FORMAT) == 0
        && size >= beginnings[i].at + beginnings[i].length
        && memcmp (data + beginnings[i].at, beginnings[i].bytes, beginnings[i].length) == 0)
      return TRUE;
  return FALSE;
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  imp_document_initialise ();
  return 0;
}

/* As imp-child.c answers. */
static void
load_frames (ImpDocument *document)
{
  guint n = MIN (document->notes->n_frames, MOST_FRAMES);
  guint64 pixels = (guint64)document->notes->width * (guint64)document->notes->height;

  for (guint frame = 0; frame < n && pixels <= MOST_PIXELS; frame++)
    {
      ImpWireReply reply = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpMemory) memory = document->load_frame (document->reader, frame, &reply, &error);
      g_autoptr (ImpMemory) mask = NULL;

      FUZZ_HOLDS ((memory == NULL) == (error != NULL));
      if (memory != NULL)
        FUZZ_HOLDS (reply.width > 0 && reply.height > 0);
      if (memory != NULL && reply.kind == IMP_WIRE_FINISHED)
        FUZZ_HOLDS (memory->size
                    == (gsize)reply.width * (gsize)reply.height * (gsize)reply.channels);
      g_clear_error (&error);
      if (document->load_overlays == NULL)
        continue;
      mask = document->load_overlays (document->reader, frame, 0xffff, &error);
      FUZZ_HOLDS ((mask == NULL) == (error != NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDocument) document = NULL;
  g_autoptr (GVariant) facts = NULL;

  if (size == 0 || !is_wanted (data, size))
    return 0;
  copy = fuzz_dup (data, size);
  document = imp_document_open (copy, size, 0, &error);
  FUZZ_HOLDS ((document == NULL) == (error != NULL));
  if (document == NULL)
    return 0;
  if (!has_wanted_syntax (document->notes))
    return 0;
  facts = imp_notes_to_variant (document->notes);
  FUZZ_HOLDS (g_variant_is_of_type (facts, G_VARIANT_TYPE_VARDICT));
  load_frames (document);
  return 0;
}
