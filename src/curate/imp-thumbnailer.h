/* Small pictures of a list, made for what is on screen, first things first.
 *
 * Owns: which picture is made next, and how many are kept.  May include: core, image, decode.
 * Must never: block the thread that shows them, keep more than it was told, or write a file. */
#pragma once

#include "imp-raster.h"
#include "imp-source-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_THUMBNAILER (imp_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (ImpThumbnailer, imp_thumbnailer, IMP, THUMBNAILER, GObject)

ImpThumbnailer *imp_thumbnailer_new (int side, gsize most);
void imp_thumbnailer_show (ImpThumbnailer *self, GPtrArray *items);
ImpRaster *imp_thumbnailer_get (ImpThumbnailer *self, ImpSourceItem *item);
const char *imp_thumbnailer_get_problem (ImpThumbnailer *self, ImpSourceItem *item);
gsize imp_thumbnailer_get_size (ImpThumbnailer *self);

G_END_DECLS
