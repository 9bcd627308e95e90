/* One opened file inside a locked-down child: its notes, and its frames on request.
 *
 * Owns: the choice of reader from the first bytes.  May include: core, image, decode (wire).
 * Must never: see a path, or keep one file's data for another. */
#pragma once

#include "imp-memory.h"
#include "imp-notes.h"
#include "imp-wire.h"

G_BEGIN_DECLS

/* What a file is, by its first bytes. */
typedef enum
{
  IMP_KIND_OTHER,
  IMP_KIND_DICOM,
  IMP_KIND_JPEG,
  IMP_KIND_PNG,
  IMP_KIND_TIFF,
  IMP_KIND_WEBP,
  IMP_KIND_HEIF,
  IMP_KIND_BMP,
  IMP_KIND_ZIP, /* not a picture */
} ImpKind;

/**
 * ImpLoadFrame:
 * @reader: the document's reader
 * @frame: 0-based, less than the notes' n_frames
 * @reply: (inout): kind, width, height, channels, n_values and inverse are filled in
 * @error: where to put the error
 *
 * Decodes one frame whole: a frame that is not complete is an error.
 *
 * Returns: (transfer full) (nullable): its bytes in the layout that @reply's kind says
 */
typedef ImpMemory *(*ImpLoadFrame) (gpointer reader, guint frame, ImpWireReply *reply,
                                    GError **error);

/**
 * ImpLoadSmall:
 * @reader: the document's reader
 * @side: how long the longer side must be at least, unless the picture's own is shorter
 * @reply: (inout): as for an #ImpLoadFrame
 * @error: where to put the error
 *
 * Decodes the first frame to fewer pixels, where its coding can do so: to be looked at, and for
 * nothing else.
 *
 * Returns: (transfer full) (nullable): its bytes
 */
typedef ImpMemory *(*ImpLoadSmall) (gpointer reader, guint side, ImpWireReply *reply,
                                    GError **error);

/**
 * ImpLoadOverlays:
 * @reader: the document's reader
 * @frame: 0-based, less than the notes' n_frames
 * @planes: a bit for each overlay group wanted: bit 0 for 6000, bit 15 for 601E
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): height × width bytes, 1 where one of @planes is drawn
 */
typedef ImpMemory *(*ImpLoadOverlays) (gpointer reader, guint frame, guint planes, GError **error);

typedef struct
{
  const guint8 *data; /* borrowed: the input, mapped read-only */
  gsize length;
  guint page;                    /* which page is read, from 0: less than the notes' n_pages */
  ImpNotes *notes;               /* owned */
  gpointer reader;               /* owned, freed by free_reader */
  ImpLoadFrame load_frame;       /* NULL until a reader took the file */
  ImpLoadSmall load_small;       /* NULL where the coding knows one size only */
  ImpLoadOverlays load_overlays; /* NULL where there are none */
  GDestroyNotify free_reader;
} ImpDocument;

void imp_document_initialise (void);
ImpKind imp_document_recognise (const guint8 *data, gsize length);
void imp_document_refuse (const guint8 *data, gsize length, GError **error);
gboolean imp_document_needs_full (const guint8 *data, gsize length);
ImpDocument *imp_document_open (const guint8 *data, gsize length, guint page, GError **error);
void imp_document_free (ImpDocument *document);

gboolean imp_jpeg_open (ImpDocument *document, GError **error);
gboolean imp_png_open (ImpDocument *document, GError **error);
gboolean imp_tiff_open (ImpDocument *document, GError **error);
gboolean imp_webp_open (ImpDocument *document, GError **error);
gboolean imp_bmp_open (ImpDocument *document, GError **error);
gboolean imp_heif_is_picture (const guint8 *data, gsize length);
gboolean imp_heif_open (ImpDocument *document, GError **error);
void imp_heif_initialise (void);
gboolean imp_pdf_is_form (const guint8 *data, gsize length);
gboolean imp_pdf_open (ImpDocument *document, GError **error);
void imp_pdf_initialise (void);
gboolean imp_dicom_document_open (ImpDocument *document, GError **error);
void imp_dicom_document_initialise (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpDocument, imp_document_free)

G_END_DECLS
