/* Evidence inside the register: stored and given back as it came, never parsed beyond its first and
 * last bytes. Whoever shows it lets the decoder helper read it. */
#include "imp-register-evidence.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "imp-id.h"
#include "imp-register-private.h"
#include "imp-strokes.h"

#define COLUMNS "id, permission_id, kind, media_type, sha256, size, title, created"
#define PDF_TAIL 1024 /* PDF 1.7, annex H.3.18: the end mark is sought in so many bytes */

static ImpAttachment *
from_row (ImpRow *row)
{
  ImpAttachment *attachment = imp_attachment_new ();

  attachment->id = g_strdup (imp_row_text (row, 0));
  attachment->permission_id = g_strdup (imp_row_text (row, 1));
  attachment->kind = g_strdup (imp_row_text (row, 2));
  attachment->media_type = g_strdup (imp_row_text (row, 3));
  attachment->sha256 = g_strdup (imp_row_text (row, 4));
  attachment->size = imp_row_integer (row, 5);
  attachment->title = g_strdup (imp_row_text (row, 6));
  attachment->created = g_strdup (imp_row_text (row, 7));
  return attachment;
}

static void
add_to_list (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, from_row (row));
}

static void
take_attachment (ImpRow *row, gpointer user_data)
{
  ImpAttachment **attachment = user_data;

  if (*attachment == NULL)
    *attachment = from_row (row);
}

static void
take_bytes (ImpRow *row, gpointer user_data)
{
  GBytes **bytes = user_data;

  if (*bytes == NULL)
    *bytes = imp_row_blob (row, 0);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

/* ---- what the bytes are ---- */

static gboolean
ends_with_mark (const guint8 *data, gsize length, const char *mark, gsize within)
{
  gsize start = length > within ? length - within : 0;

  return memmem (data + start, length - start, mark, strlen (mark)) != NULL;
}

static const char *
sniff (const guint8 *data, gsize length, GError **error)
{
  static const guint8 PNG[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 JPEG[] = { 0xff, 0xd8, 0xff };

  if (length >= sizeof PNG && memcmp (data, PNG, sizeof PNG) == 0)
    return "image/png";
  if (length >= sizeof JPEG && memcmp (data, JPEG, sizeof JPEG) == 0)
    return "image/jpeg";
  if (length >= 5 && memcmp (data, "%PDF-", 5) == 0)
    {
      if (ends_with_mark (data, length, "%%EOF", PDF_TAIL))
        return "application/pdf";
      refuse (error, _ ("This PDF has no end, so part of it is missing: scan or save it again"));
      return NULL;
    }
  if (length >= 19 && memcmp (data, "imprimatur-strokes ", 19) == 0)
    return "application/x-imprimatur-strokes";
  refuse (error, _ ("Evidence is kept as PDF, PNG or JPEG, and this is none of them: save it as "
                    "one"));
  return NULL;
}

/**
 * imp_register_sniff_evidence:
 * @bytes: a file's bytes
 * @error: where to put the error
 *
 * Tells by its first and last bytes whether a file is of a kind that is kept, and small enough.
 *
 * Returns: (transfer none) (nullable): its media type, or %NULL with %IMP_ERROR_USAGE, whose
 *   sentence says what to do
 */
const char *
imp_register_sniff_evidence (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *media_type = NULL;

  if (length == 0)
    refuse (error, _ ("This file is empty: scan or save it again"));
  else if (length > IMP_REGISTER_MAX_EVIDENCE)
    refuse (error,
            _ ("This file is larger than 16 MiB: scan it in grey at 200 dots to the inch, or "
               "its pages one by one"));
  else
    media_type = sniff (data, length, error);
  if (g_strcmp0 (media_type, "application/x-imprimatur-strokes") == 0)
    {
      g_autoptr (ImpStrokes) strokes = imp_strokes_from_bytes (bytes, error);

      return strokes != NULL ? media_type : NULL;
    }
  return media_type;
}

/* ---- recording ---- */

static gboolean
check_is_new (ImpRegister *self, const ImpAttachment *attachment, GError **error)
{
  g_autofree char *id = NULL;

  if (!imp_register_query (self, error,
                           "SELECT id FROM attachment WHERE permission_id = ? AND sha256 = ?",
                           g_variant_new ("(ss)", attachment->permission_id, attachment->sha256),
                           imp_register_take_text, &id))
    return FALSE;
  return id == NULL
         || refuse (error, _ ("This very file is with the permission already: nothing more to do"));
}

static gboolean
insert_attachment (ImpRegister *self, const ImpAttachment *attachment, GBytes *bytes,
                   GError **error)
{
  g_autoptr (ImpPermission) permission =
      imp_register_get_permission (self, attachment->permission_id, error);
  g_autoptr (GVariant) data =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));

  if (permission == NULL)
    return FALSE;
  if (permission->state == IMP_PERMISSION_WITHDRAWN
      || permission->state == IMP_PERMISSION_ENTERED_IN_ERROR)
    return refuse (error, _ ("A withdrawn or mistaken permission stays as it is: add the evidence "
                             "to the one that is in force"));
  if (permission->evidence == NULL)
    {
      permission->evidence = g_strdup (attachment->kind);
      if (!imp_register_amend_permission (self, permission, error))
        return FALSE;
    }
  return check_is_new (self, attachment, error)
         && imp_store_run (self->store, error,
                           "INSERT INTO attachment (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                           g_variant_new ("(sssssxmss)", attachment->id, attachment->permission_id,
                                          attachment->kind, attachment->media_type,
                                          attachment->sha256, attachment->size, attachment->title,
                                          attachment->created),
                           NULL)
         && imp_store_run (self->store, error,
                           "INSERT INTO attachment_bytes (id, bytes) VALUES (?, ?)",
                           g_variant_new ("(s@ay)", attachment->id, data), NULL);
}

/**
 * imp_register_add_evidence:
 * @self: a register
 * @attachment: permission_id, kind and title; the rest is filled in
 * @bytes: the file as it came: PDF, PNG, JPEG, or a signature's strokes
 * @error: where to put the error
 *
 * Keeps evidence inside the encrypted file, in the caller's transaction if there is one. It is
 * never changed, and goes only when its person is erased. A permission that had no evidence has
 * some now.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (too large, another kind of file, there already),
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_add_evidence (ImpRegister *self, ImpAttachment *attachment, GBytes *bytes,
                           GError **error)
{
  const char *media_type = imp_register_sniff_evidence (bytes, error);
  const char *const texts[] = { attachment->permission_id, attachment->kind, attachment->title };
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (media_type == NULL || !imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  if (attachment->permission_id == NULL || attachment->kind == NULL
      || !g_strv_contains (imp_permission_evidences (), attachment->kind))
    return refuse (error, _ ("Say what kind of evidence it is: signed-paper, on-screen-signature, "
                             "verbal-with-witness, letter or journal-form"));
  if (g_str_has_suffix (media_type, "strokes")
      && strcmp (attachment->kind, "on-screen-signature") != 0)
    return refuse (error, _ ("What was drawn on the screen is an on-screen-signature: say so"));
  g_free (attachment->id);
  attachment->id = imp_id_new ();
  g_free (attachment->media_type);
  attachment->media_type = g_strdup (media_type);
  g_free (attachment->sha256);
  attachment->sha256 = imp_hash_bytes (bytes);
  attachment->size = (gint64)g_bytes_get_size (bytes);
  g_free (attachment->created);
  attachment->created = imp_clock_now ();
  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = insert_attachment (self, attachment, bytes, error);
  return imp_register_end (self, joined, done, error);
}

/* ---- reading ---- */

/**
 * imp_register_list_evidence:
 * @self: a register
 * @permission_id: a permission's id
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpAttachment) (nullable): what is kept with it,
 *   oldest first and without the bytes; or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_evidence (ImpRegister *self, const char *permission_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_attachment_free);

  if (imp_id_is_valid (permission_id)
      && !imp_register_query (self, error,
                              "SELECT " COLUMNS " FROM attachment WHERE permission_id = ? "
                              "ORDER BY created, rowid",
                              g_variant_new ("(s)", permission_id), add_to_list, list))
    return NULL;
  return g_steal_pointer (&list);
}

/**
 * imp_register_get_evidence:
 * @self: a register
 * @id: an attachment's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what it is, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpAttachment *
imp_register_get_evidence (ImpRegister *self, const char *id, GError **error)
{
  ImpAttachment *attachment = NULL;

  if (imp_id_is_valid (id)
      && !imp_register_query (self, error, "SELECT " COLUMNS " FROM attachment WHERE id = ?",
                              g_variant_new ("(s)", id), take_attachment, &attachment))
    {
      imp_attachment_free (attachment);
      return NULL;
    }
  if (attachment == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                         _ ("This evidence is not in the register: look at the permission's list "
                            "again"));
  return attachment;
}

/**
 * imp_register_read_evidence:
 * @self: a register
 * @id: an attachment's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the bytes as they came, compared with their SHA-256; or
 * %NULL with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GBytes *
imp_register_read_evidence (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (ImpAttachment) attachment = imp_register_get_evidence (self, id, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *hash = NULL;

  if (attachment == NULL
      || !imp_register_query (self, error, "SELECT bytes FROM attachment_bytes WHERE id = ?",
                              g_variant_new ("(s)", id), take_bytes, &bytes))
    return NULL;
  hash = bytes != NULL ? imp_hash_bytes (bytes) : NULL;
  if (g_strcmp0 (hash, attachment->sha256) == 0)
    return g_steal_pointer (&bytes);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                       _ ("This evidence is not what was put into the register: restore the "
                          "register from a backup"));
  return NULL;
}
