/* Has the helper look at a picture for what may identify somebody.
 *
 * Owns: the life of the helper's children, the checks on what they say, what was found in pictures
 * that were looked at before.  May include: core, image, helper.
 * Must never: take silence for "nothing found". */
#pragma once

#include <gio/gio.h>

#include "imp-raster.h"
#include "imp-spot.h"

G_BEGIN_DECLS

/**
 * ImpScreenerLooks:
 * @IMP_SCREENER_TEXT: for writing
 * @IMP_SCREENER_CODES: for QR codes, bar codes and DataMatrix
 * @IMP_SCREENER_FACES: for faces, where the helper knows them: see imp_screener_knows_faces()
 * @IMP_SCREENER_READ: and reads all writing that it tells of, however much there is: who only
 *   suggests does without
 * @IMP_SCREENER_ALL: for what any picture may hold: faces are for photographs alone, and
 *   imp_suggest_choose_looks() knows which those are
 */
typedef enum
{
  IMP_SCREENER_TEXT = 1 << 0,
  IMP_SCREENER_CODES = 1 << 1,
  IMP_SCREENER_FACES = 1 << 2,
  IMP_SCREENER_READ = 1 << 3,
  IMP_SCREENER_ALL = IMP_SCREENER_TEXT | IMP_SCREENER_CODES,
} ImpScreenerLooks;

void imp_screener_warm_up (void);
GPtrArray *imp_screener_look_sync (ImpRaster *raster, ImpScreenerLooks looks,
                                   GCancellable *cancellable, GError **error);
void imp_screener_look_async (ImpRaster *raster, ImpScreenerLooks looks, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *imp_screener_look_finish (GAsyncResult *result, GError **error);
void imp_screener_forget (void);
gboolean imp_screener_knows_faces (void);

void imp_screener_set_time_limit (guint milliseconds);

G_END_DECLS
