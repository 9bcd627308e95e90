/* The site's own guidance: what its Guardian or its IG lead wants to be read before a picture is
 * shared. */
#include "imp-register-guidance.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "imp-id.h"
#include "imp-register-evidence.h"
#include "imp-register-private.h"

typedef struct
{
  char *sha256;
  GBytes *bytes;
} Kept;

static void
kept_clear (Kept *kept)
{
  g_free (kept->sha256);
  g_clear_pointer (&kept->bytes, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static void
take_kept (ImpRow *row, gpointer user_data)
{
  Kept *kept = user_data;

  if (kept->bytes != NULL)
    return;
  kept->sha256 = g_strdup (imp_row_text (row, 0));
  kept->bytes = imp_row_blob (row, 1);
}

static gboolean
check_new (ImpRegister *self, const char *title, const char *sha256, GBytes *pdf, GError **error)
{
  const char *media_type = imp_register_sniff_evidence (pdf, error);
  g_autofree char *there = NULL;

  if (media_type == NULL || !imp_register_check_text (&title, 1, error))
    return FALSE;
  if (!g_str_equal (media_type, "application/pdf"))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("Guidance is kept as PDF: save it as one"));
  else if (title == NULL || *title == '\0')
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("Say what the guidance is called"));
  else if (imp_store_query (self->store, error, "SELECT id FROM guidance WHERE sha256 = ?",
                            g_variant_new ("(s)", sha256), imp_register_take_text, &there))
    {
      if (there == NULL)
        return TRUE;
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("This very file is kept already: nothing more to do"));
    }
  return FALSE;
}

/**
 * imp_register_add_guidance:
 * @self: a register
 * @title: what it is called
 * @pdf: the file
 * @error: where to put the error
 *
 * Keeps a PDF of the site's own until it is removed.
 *
 * Returns: (transfer full) (nullable): its random id, or %NULL with %IMP_ERROR_USAGE,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
char *
imp_register_add_guidance (ImpRegister *self, const char *title, GBytes *pdf, GError **error)
{
  g_autofree char *id = imp_id_new ();
  g_autofree char *sha256 = imp_hash_bytes (pdf);
  g_autofree char *now = imp_clock_now ();

  if (!check_new (self, title, sha256, pdf, error)
      || !imp_store_run (
          self->store, error,
          "INSERT INTO guidance (id, title, sha256, size, created, bytes) "
          "VALUES (?, ?, ?, ?, ?, ?)",
          g_variant_new ("(sssxs@ay)", id, title, sha256, (gint64)g_bytes_get_size (pdf), now,
                         g_variant_new_from_bytes (G_VARIANT_TYPE ("ay"), pdf, TRUE)),
          NULL))
    return NULL;
  return g_steal_pointer (&id);
}

static void
take_guidance (ImpRow *row, gpointer user_data)
{
  g_variant_builder_add (user_data, "(sssxs)", imp_row_text (row, 0), imp_row_text (row, 1),
                         imp_row_text (row, 2), imp_row_integer (row, 3), imp_row_text (row, 4));
}

/**
 * imp_register_list_guidance:
 * @self: a register
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): an a(sssxs), by title: id, title, SHA-256, size, when it was
 *   added (UTC); %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GVariant *
imp_register_list_guidance (ImpRegister *self, GError **error)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sssxs)"));

  if (!imp_store_query (self->store, error,
                        "SELECT id, title, sha256, size, created FROM guidance "
                        "ORDER BY title, created",
                        NULL, take_guidance, &list))
    return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&list));
}

/**
 * imp_register_read_guidance:
 * @self: a register
 * @id: an id of imp_register_list_guidance()
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the file as it came, compared with its SHA-256; or %NULL
 * with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GBytes *
imp_register_read_guidance (ImpRegister *self, const char *id, GError **error)
{
  g_auto (Kept) kept = { NULL, NULL };
  g_autofree char *hash = NULL;

  if (imp_id_is_valid (id)
      && !imp_store_query (self->store, error, "SELECT sha256, bytes FROM guidance WHERE id = ?",
                           g_variant_new ("(s)", id), take_kept, &kept))
    return NULL;
  hash = kept.bytes != NULL ? imp_hash_bytes (kept.bytes) : NULL;
  if (hash == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                         _ ("This guidance is not in the register: look at the list again"));
  else if (g_strcmp0 (hash, kept.sha256) != 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("This guidance is not what was put into the register: restore the "
                            "register from a backup"));
  else
    return g_steal_pointer (&kept.bytes);
  return NULL;
}

/**
 * imp_register_remove_guidance:
 * @self: a register
 * @id: an id of imp_register_list_guidance()
 * @error: where to put the error
 *
 * Returns: whether it was there and is gone; else %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_remove_guidance (ImpRegister *self, const char *id, GError **error)
{
  gint64 n_gone = 0;

  if (!imp_store_run (self->store, error, "DELETE FROM guidance WHERE id = ?",
                      g_variant_new ("(s)", id), &n_gone))
    return FALSE;
  if (n_gone > 0)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This guidance is not in the register: look at the list again"));
  return FALSE;
}
