/* A page of a form that came as PDF, drawn to be looked at.
 *
 * Owns: the way from a PDF to pixels on the screen.  May include: core, image.
 * Must never: give what a release could start from: an ImpSource. */
#pragma once

#include <gio/gio.h>

#include "imp-raster.h"

G_BEGIN_DECLS

/**
 * ImpFormPage:
 * @raster: the page, drawn on white
 * @page: which page, from 0
 * @n_pages: how many the form has, >= 1
 * @warnings: sentences: what may look other than on paper
 */
typedef struct
{
  ImpRaster *raster; /* owned */
  guint page;
  guint n_pages;
  GStrv warnings; /* owned */
} ImpFormPage;

ImpFormPage *imp_form_page_draw_sync (GBytes *bytes, guint page, GCancellable *cancellable,
                                      GError **error);
void imp_form_page_free (ImpFormPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFormPage, imp_form_page_free)

G_END_DECLS
