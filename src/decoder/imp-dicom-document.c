#include "dicom-bridge.h"
#include "imp-charset.h"
#include "imp-document.h"

static ImpMemory *
load_colour (ImpDicom *dicom, const ImpDocument *document, guint frame, ImpWireReply *reply,
             GError **error)
{
  gsize size = (gsize)document->notes->width * (gsize)document->notes->height * 3;
  g_autoptr (ImpMemory) memory = imp_memory_new (size, error);

  if (memory == NULL || !imp_dicom_get_colour (dicom, frame, memory->data, size, error))
    return NULL;
  imp_dicom_apply_profile (dicom, memory->data, size / 3);
  reply->kind = IMP_WIRE_FINISHED;
  reply->width = document->notes->width;
  reply->height = document->notes->height;
  reply->channels = 3;
  return g_steal_pointer (&memory);
}

typedef struct
{
  ImpDicom *dicom;             /* owned */
  const ImpDocument *document; /* borrowed: it owns this reader */
} Reader;

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  g_auto (ImpGrey) grey = { 0 };

  if (!imp_dicom_is_grey (reader->dicom))
    return load_colour (reader->dicom, reader->document, frame, reply, error);
  if (!imp_dicom_get_grey (reader->dicom, frame, &grey, error))
    return NULL;
  return imp_grey_render (&grey, reply, error);
}

static ImpMemory *
load_overlays (gpointer data, guint frame, guint planes, GError **error)
{
  Reader *reader = data;
  const ImpNotes *notes = reader->document->notes;
  g_autoptr (ImpMemory) memory = imp_memory_new ((gsize)notes->width * (gsize)notes->height, error);

  if (memory == NULL
      || !imp_dicom_draw_overlays (reader->dicom, frame, planes, memory->data, error))
    return NULL;
  return g_steal_pointer (&memory);
}

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  imp_dicom_free (reader->dicom);
  g_free (reader);
}

/**
 * imp_dicom_document_initialise:
 *
 * Loads whatever DICOM needs from files, before the lock.
 */
void
imp_dicom_document_initialise (void)
{
  imp_charset_initialise ();
  imp_dicom_initialise ();
}

/**
 * imp_dicom_document_open:
 * @document: (inout): a document that looks like DICOM
 * @error: where to put the error
 *
 * Returns: whether the headers could be read
 */
gboolean
imp_dicom_document_open (ImpDocument *document, GError **error)
{
  ImpDicom *dicom = NULL;
  Reader *reader = NULL;

  document->notes->format = "dicom";
  dicom = imp_dicom_open (document->data, document->length, document->notes, error);
  if (dicom == NULL)
    return FALSE;
  reader = g_new0 (Reader, 1);
  reader->dicom = dicom;
  reader->document = document;
  document->reader = reader;
  document->load_frame = load_frame;
  if (document->notes->n_overlays > 0)
    document->load_overlays = load_overlays;
  document->free_reader = free_reader;
  return TRUE;
}
