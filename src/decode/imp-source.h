/* The client of the decoder helper: one opened file, its facts and its frames.
 *
 * Owns: the helper process's life, the snapshot of the file, the limits.
 * May include: core, image.  Must never: parse a byte of the file itself, or know of encoders. */
#pragma once

#include <gio/gio.h>

#include "imp-archive.h"
#include "imp-facts.h"
#include "imp-frame.h"

G_BEGIN_DECLS

#define IMP_TYPE_SOURCE (imp_source_get_type ())
G_DECLARE_FINAL_TYPE (ImpSource, imp_source, IMP, SOURCE, GObject)

/* Opening: the file is copied into a sealed memfd (so that what was hashed is what is decoded),
 * and a locked-down child of the warm helper reads it. Facts are complete when opening ends. */
void imp_source_open_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
void imp_source_open_bytes_async (GBytes *bytes, const char *label, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
ImpSource *imp_source_open_bytes_sync (GBytes *bytes, GCancellable *cancellable, GError **error);
/* One file of a ZIP, unpacked in memory. Its file and its identity are those of the archive. */
ImpSource *imp_source_open_entry_sync (ImpArchive *archive, const char *name,
                                       GCancellable *cancellable, GError **error);
ImpSource *imp_source_open_finish (GAsyncResult *result, GError **error);
ImpSource *imp_source_open_sync (GFile *file, GCancellable *cancellable, GError **error);

ImpFacts *imp_source_get_facts (ImpSource *self);    /* transfer none */
const char *imp_source_get_sha256 (ImpSource *self); /* of the snapshot's bytes */
gboolean imp_source_check_whole (ImpSource *self, GError **error);
GFile *imp_source_get_file (ImpSource *self);       /* nullable: pasted pictures have none */
const char *imp_source_get_entry (ImpSource *self); /* nullable: of a ZIP */
gboolean imp_source_get_identity (ImpSource *self, guint64 *device, guint64 *inode);

/* Frames are 0-based and decoded one at a time; the last few stay cached. planes: the overlays to
 * draw, a bit for each group (bit 0 is 6000), 0 for none. */
void imp_source_load_frame_async (ImpSource *self, guint frame, guint planes,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
ImpFrame *imp_source_load_frame_finish (ImpSource *self, GAsyncResult *result, GError **error);
ImpFrame *imp_source_load_frame_sync (ImpSource *self, guint frame, guint planes,
                                      GCancellable *cancellable, GError **error);
gboolean imp_source_owns_frame (ImpSource *self, guint number, const ImpFrame *frame);

/* The other pages of a file are pictures of their own: each its size, its boxes, its facts. */
void imp_source_open_page_async (ImpSource *self, guint page, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
ImpSource *imp_source_open_page_sync (ImpSource *self, guint page, GCancellable *cancellable,
                                      GError **error);

/* `verify FILE` on anybody's file: the helper walks it (src/verify's walker) and reports.
 * Returns a{sv}: flat b, format s, width i, height i, findings a(ss) (where, what). */
GVariant *imp_decode_verify_sync (GFile *file, GCancellable *cancellable, GError **error);

G_END_DECLS
