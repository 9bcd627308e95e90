#include "imp-register-templates.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-private.h"

#define COLUMNS                                                                                    \
  "template.id, name, manufacturer, model, station, \"rows\", \"columns\", changed, box.x, "       \
  "box.y, box.width, box.height FROM scanner_template AS template "                                \
  "LEFT JOIN scanner_template_box AS box ON template_id = template.id "

/* One row for each box; without a box, one. */
static void
add_row (ImpRow *row, gpointer user_data)
{
  GPtrArray *templates = user_data;
  ImpScannerTemplate *last =
      templates->len > 0 ? g_ptr_array_index (templates, templates->len - 1) : NULL;

  if (last == NULL || g_strcmp0 (last->id, imp_row_text (row, 0)) != 0)
    {
      last = imp_scanner_template_new ();
      last->id = g_strdup (imp_row_text (row, 0));
      last->name = g_strdup (imp_row_text (row, 1));
      last->manufacturer = g_strdup (imp_row_text (row, 2));
      last->model = g_strdup (imp_row_text (row, 3));
      last->station = g_strdup (imp_row_text (row, 4));
      last->rows = (int)imp_row_integer (row, 5);
      last->columns = (int)imp_row_integer (row, 6);
      last->changed = g_strdup (imp_row_text (row, 7));
      g_ptr_array_add (templates, last);
    }
  if (!imp_row_is_null (row, 8))
    {
      ImpTemplateBox box = { (int)imp_row_integer (row, 8), (int)imp_row_integer (row, 9),
                             (int)imp_row_integer (row, 10), (int)imp_row_integer (row, 11) };

      g_array_append_val (last->boxes, box);
    }
}

/**
 * imp_register_list_templates:
 * @self: a register
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpScannerTemplate) (nullable): all that is remembered, in
 *   the order of the scanners' names, or %NULL with %IMP_ERROR_REFUSED,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_templates (ImpRegister *self, GError **error)
{
  g_autoptr (GPtrArray) templates =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_scanner_template_free);

  if (!imp_register_query (self, error,
                           "SELECT " COLUMNS "ORDER BY manufacturer, model, station, \"rows\", "
                           "\"columns\", template.id, box.id",
                           NULL, add_row, templates))
    return NULL;
  return g_steal_pointer (&templates);
}

/**
 * imp_register_find_template:
 * @self: a register
 * @scanner: which scanner, and which size of its pictures
 * @error: where to put the error
 *
 * Finds what is remembered of just this scanner.
 *
 * Returns: (transfer full) (nullable): what is remembered of it; %NULL without an error: nothing
 */
ImpScannerTemplate *
imp_register_find_template (ImpRegister *self, const ImpScannerTemplate *scanner, GError **error)
{
  g_autoptr (GPtrArray) templates =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_scanner_template_free);

  if (!imp_register_query (self, error,
                           "SELECT " COLUMNS "WHERE manufacturer = ? AND model = ? AND station = ? "
                           "AND \"rows\" = ? AND \"columns\" = ? ORDER BY box.id",
                           g_variant_new ("(sssxx)", scanner->manufacturer, scanner->model,
                                          scanner->station, (gint64)scanner->rows,
                                          (gint64)scanner->columns),
                           add_row, templates)
      || templates->len == 0)
    return NULL;
  return imp_scanner_template_copy (g_ptr_array_index (templates, 0));
}

static gboolean
check (const ImpScannerTemplate *scanner, GError **error)
{
  const char *const texts[] = { scanner->name, scanner->manufacturer, scanner->model,
                                scanner->station };

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  for (guint i = 0; i < scanner->boxes->len; i++)
    {
      const ImpTemplateBox *box = &g_array_index (scanner->boxes, ImpTemplateBox, i);

      if (box->x < 0 || box->y < 0 || box->width <= 0 || box->height <= 0
          || box->width > scanner->columns - box->x || box->height > scanner->rows - box->y)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("Box %u lies outside the pictures of this scanner, which are %d × %d "
                          "pixels"),
                       i + 1, scanner->columns, scanner->rows);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
save (ImpRegister *self, const ImpScannerTemplate *scanner, GError **error)
{
  gboolean done =
      imp_store_run (self->store, error,
                     "INSERT INTO scanner_template (id, name, manufacturer, model, station, "
                     "\"rows\", \"columns\") VALUES (?, ?, ?, ?, ?, ?, ?) "
                     "ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
                     "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), changed_by = imp_actor ()",
                     g_variant_new ("(sssssxx)", scanner->id,
                                    scanner->name != NULL ? scanner->name : "",
                                    scanner->manufacturer, scanner->model, scanner->station,
                                    (gint64)scanner->rows, (gint64)scanner->columns),
                     NULL)
      && imp_store_run (self->store, error,
                        "DELETE FROM scanner_template_box WHERE template_id = ?",
                        g_variant_new ("(s)", scanner->id), NULL);

  for (guint i = 0; done && i < scanner->boxes->len; i++)
    {
      const ImpTemplateBox *box = &g_array_index (scanner->boxes, ImpTemplateBox, i);

      done = imp_store_run (self->store, error,
                            "INSERT INTO scanner_template_box (template_id, x, y, width, height) "
                            "VALUES (?, ?, ?, ?, ?)",
                            g_variant_new ("(sxxxx)", scanner->id, (gint64)box->x, (gint64)box->y,
                                           (gint64)box->width, (gint64)box->height),
                            NULL);
    }
  return done;
}

/**
 * imp_register_save_template:
 * @self: a register
 * @scanner: what to remember of a scanner; gets the id of what was remembered of it, or a new one
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (a box outside its pictures, or a rule of the
 *   schema), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_save_template (ImpRegister *self, ImpScannerTemplate *scanner, GError **error)
{
  g_autoptr (ImpScannerTemplate) before = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean joined = FALSE;

  if (!check (scanner, error) || !imp_register_begin (self, &joined, error))
    return FALSE;
  before = imp_register_find_template (self, scanner, &local_error);
  g_free (scanner->id);
  scanner->id = before != NULL ? g_strdup (before->id) : imp_id_new ();
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return imp_register_end (self, joined, FALSE, error);
    }
  return imp_register_end (self, joined, save (self, scanner, error), error);
}

/**
 * imp_register_remove_template:
 * @self: a register
 * @id: of what is remembered
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_remove_template (ImpRegister *self, const char *id, GError **error)
{
  gint64 n_removed = 0;

  if (!imp_store_run (self->store, error, "DELETE FROM scanner_template WHERE id = ?",
                      g_variant_new ("(s)", id), &n_removed))
    return FALSE;
  if (n_removed == 1)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("Nothing is remembered under this id: list what is"));
  return FALSE;
}
