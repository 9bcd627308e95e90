#include "imp-form-page.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-facts.h"
#include "imp-session.h"
#include "imp-snapshot.h"

/**
 * imp_form_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
imp_form_page_free (ImpFormPage *page)
{
  if (page == NULL)
    return;
  g_clear_pointer (&page->raster, imp_raster_unref);
  g_strfreev (page->warnings);
  g_free (page);
}

static gboolean
take_frame (ImpFormPage *page, ImpSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpFrame) frame = imp_session_load_frame (session, 0, cancellable, error);

  page->raster = frame != NULL ? imp_frame_render (frame, NULL, error) : NULL;
  return page->raster != NULL;
}

/**
 * imp_form_page_draw_sync:
 * @bytes: a PDF
 * @page: which page, from 0
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Has a locked-down child of the helper for forms draw one page, at 150 pixels to the inch or what
 * fits into 12 megapixels. Blocks.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with %IMP_ERROR_DAMAGED,
 *   %IMP_ERROR_UNSUPPORTED where it is locked with a password, %IMP_ERROR_USAGE where there is no
 *   such page, %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
ImpFormPage *
imp_form_page_draw_sync (GBytes *bytes, guint page, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpFormPage) drawn = g_new0 (ImpFormPage, 1);
  g_autoptr (ImpSnapshot) snapshot = imp_snapshot_new_from_bytes (bytes, error);
  g_autoptr (ImpSession) session = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (ImpFacts) facts = NULL;

  if (snapshot == NULL)
    return NULL;
  session = imp_session_new (IMP_HELPER_FORM, imp_snapshot_get_fd (snapshot),
                             imp_snapshot_get_size (snapshot), cancellable, error);
  answer =
      session != NULL ? imp_session_ask (session, IMP_WIRE_OPEN, page, cancellable, error) : NULL;
  facts = answer != NULL ? imp_facts_new_from_variant (answer, error) : NULL;
  if (facts == NULL)
    return NULL;
  if (g_strcmp0 (imp_facts_get_format (facts), "pdf") != 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                           _ ("The form is no PDF: save it as one"));
      return NULL;
    }
  drawn->page = page;
  drawn->n_pages = imp_facts_get_n_pages (facts);
  drawn->warnings = g_strdupv (imp_facts_get_warnings (facts));
  return take_frame (drawn, session, cancellable, error) ? g_steal_pointer (&drawn) : NULL;
}
