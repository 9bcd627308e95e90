#include "imp-register-teaching.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"
#include "imp-register-private.h"
#include "imp-teaching-codes.h"

#define NUMBER_PREFIX "TF-"
#define COLUMNS                                                                                    \
  "id, number, curation_id, modality, body_part, created, changed, title, findings, diagnosis, "   \
  "teaching_points, question, answer, tags, sources FROM teaching_case "

static gboolean
set_unknown_error (GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("There is no such case: list them to see their numbers"));
  return FALSE;
}

/* ---- cases ---- */

static gboolean
check (const ImpTeachingCase *teaching, GError **error)
{
  const char *title = teaching->texts[IMP_TEACHING_TITLE];
  g_autofree char *said = g_strstrip (g_strdup (title != NULL ? title : ""));

  if (!imp_register_check_text ((const char *const *)teaching->texts, IMP_TEACHING_N_TEXTS, error))
    return FALSE;
  if (*said == '\0')
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("A case needs a title: say what it shows"));
      return FALSE;
    }
  if (teaching->modality != NULL && !imp_teaching_is_modality (teaching->modality))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The modality is none that a case may have: take one of the list"));
      return FALSE;
    }
  if (teaching->body_part != NULL && !imp_teaching_is_body_part (teaching->body_part))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The body part is none that a case may have: take one of the list"));
      return FALSE;
    }
  return TRUE;
}

static GVariant *
pack (const ImpTeachingCase *teaching)
{
  GVariantBuilder values = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_TUPLE);

  g_variant_builder_add (&values, "x", teaching->id);
  g_variant_builder_add (&values, "ms", teaching->session);
  g_variant_builder_add (&values, "ms", teaching->modality);
  g_variant_builder_add (&values, "ms", teaching->body_part);
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    g_variant_builder_add (&values, "s", teaching->texts[i] != NULL ? teaching->texts[i] : "");
  return g_variant_builder_end (&values);
}

static void
take_number (ImpRow *row, gpointer user_data)
{
  ImpTeachingCase *teaching = user_data;

  teaching->id = imp_row_integer (row, 0);
  g_free (teaching->number);
  teaching->number = g_strdup (imp_row_text (row, 1));
}

static gboolean
add (ImpRegister *self, ImpTeachingCase *teaching, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = imp_store_run (self->store, error,
                        "INSERT INTO teaching_case (id, curation_id, modality, body_part, title, "
                        "findings, diagnosis, teaching_points, question, answer, tags, sources) "
                        "VALUES (nullif(?1, 0), ?2, ?3, ?4, trim(?5), ?6, ?7, ?8, ?9, ?10, ?11, "
                        "?12)",
                        pack (teaching), NULL)
         && imp_register_query (self, error,
                                "SELECT id, number FROM teaching_case "
                                "WHERE id = last_insert_rowid()",
                                NULL, take_number, teaching);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_save_teaching_case:
 * @self: a register
 * @teaching: what to keep; a new one gets its id and number
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (no title, or a word of no list),
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_save_teaching_case (ImpRegister *self, ImpTeachingCase *teaching, GError **error)
{
  gint64 n_changed = 0;

  if (!check (teaching, error))
    return FALSE;
  if (teaching->id == 0)
    return add (self, teaching, error);
  if (!imp_store_run (self->store, error,
                      "UPDATE teaching_case SET curation_id = ?2, modality = ?3, body_part = ?4, "
                      "title = trim(?5), findings = ?6, diagnosis = ?7, teaching_points = ?8, "
                      "question = ?9, answer = ?10, tags = ?11, sources = ?12, "
                      "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
                      pack (teaching), &n_changed))
    return FALSE;
  return n_changed == 1 || set_unknown_error (error);
}

/**
 * imp_register_remove_teaching_case:
 * @self: a register
 * @case_id: a case
 * @error: where to put the error
 *
 * Its number is never given again, and what left stays on record.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_remove_teaching_case (ImpRegister *self, gint64 case_id, GError **error)
{
  gint64 n_removed = 0;

  if (!imp_store_run (self->store, error, "DELETE FROM teaching_case WHERE id = ?",
                      g_variant_new ("(x)", case_id), &n_removed))
    return FALSE;
  return n_removed == 1 || set_unknown_error (error);
}

static void
add_case (ImpRow *row, gpointer user_data)
{
  ImpTeachingCase *teaching = imp_teaching_case_new ();

  teaching->id = imp_row_integer (row, 0);
  teaching->number = g_strdup (imp_row_text (row, 1));
  teaching->session = g_strdup (imp_row_text (row, 2));
  teaching->modality = g_strdup (imp_row_text (row, 3));
  teaching->body_part = g_strdup (imp_row_text (row, 4));
  teaching->created = g_strdup (imp_row_text (row, 5));
  teaching->changed = g_strdup (imp_row_text (row, 6));
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    teaching->texts[i] = g_strdup (imp_row_text (row, 7 + (int)i));
  g_ptr_array_add (user_data, teaching);
}

/* The cases are in the order of their ids, and so are the pictures. */
typedef struct
{
  GPtrArray *cases;
  guint at;
} Merge;

static void
add_image (ImpRow *row, gpointer user_data)
{
  Merge *merge = user_data;
  const gint64 case_id = imp_row_integer (row, 0);
  ImpTeachingImage *image = NULL;

  while (merge->at < merge->cases->len
         && ((ImpTeachingCase *)g_ptr_array_index (merge->cases, merge->at))->id < case_id)
    merge->at++;
  if (merge->at == merge->cases->len
      || ((ImpTeachingCase *)g_ptr_array_index (merge->cases, merge->at))->id != case_id)
    return;
  image = g_new0 (ImpTeachingImage, 1);
  image->id = imp_row_integer (row, 1);
  image->item_id = imp_row_integer (row, 2);
  image->caption = g_strdup (imp_row_text (row, 3));
  image->alt = g_strdup (imp_row_text (row, 4));
  image->person_id = g_strdup (imp_row_text (row, 5));
  image->permission_id = g_strdup (imp_row_text (row, 6));
  image->export_id = g_strdup (imp_row_text (row, 7));
  g_ptr_array_add (((ImpTeachingCase *)g_ptr_array_index (merge->cases, merge->at))->images, image);
}

static gboolean
add_images (ImpRegister *self, GPtrArray *cases, gint64 case_id, GError **error)
{
  Merge merge = { cases, 0 };

  return imp_register_query (self, error,
                             "SELECT case_id, id, coalesce(item_id, 0), caption, alt, person_id, "
                             "permission_id, export_id FROM teaching_image "
                             "WHERE ?1 IN (0, case_id) ORDER BY case_id, position",
                             g_variant_new ("(x)", case_id), add_image, &merge);
}

/* What was typed is words, and never the index's own language: each in quotation marks, and the
 * last one as the beginning of a word. */
static char *
make_match (const char *search)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (search, NULL, NULL);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (match, "%s\"%s\"", i > 0 ? " " : "", words[i]);
  if (match->len > 0)
    g_string_append_c (match, '*');
  return g_strdup (match->str);
}

/**
 * imp_register_list_teaching_cases:
 * @self: a register
 * @search: (nullable): words that are all in it, accents and capitals aside; the last one may be
 *   the beginning of a word
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpTeachingCase) (nullable): them, by number, or %NULL
 * with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_teaching_cases (ImpRegister *self, const char *search, GError **error)
{
  g_autoptr (GPtrArray) cases =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_teaching_case_free);
  g_autofree char *match = search != NULL ? make_match (search) : NULL;
  gboolean done = FALSE;

  if (match != NULL && *match == '\0')
    return g_steal_pointer (&cases);
  if (match != NULL)
    done = imp_register_query (self, error,
                               "SELECT " COLUMNS "WHERE id IN (SELECT rowid FROM teaching_search "
                               "WHERE teaching_search MATCH ?) ORDER BY id",
                               g_variant_new ("(s)", match), add_case, cases);
  else
    done = imp_register_query (self, error, "SELECT " COLUMNS "ORDER BY id", NULL, add_case, cases);
  if (!done || !add_images (self, cases, 0, error))
    return NULL;
  return g_steal_pointer (&cases);
}

/**
 * imp_register_get_teaching_case:
 * @self: a register
 * @case_id: a case
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): it with its pictures, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpTeachingCase *
imp_register_get_teaching_case (ImpRegister *self, gint64 case_id, GError **error)
{
  g_autoptr (GPtrArray) cases =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_teaching_case_free);

  if (!imp_register_query (self, error, "SELECT " COLUMNS "WHERE id = ?",
                           g_variant_new ("(x)", case_id), add_case, cases)
      || (cases->len == 0 && !set_unknown_error (error))
      || !add_images (self, cases, case_id, error))
    return NULL;
  return imp_teaching_case_copy (g_ptr_array_index (cases, 0));
}

/**
 * imp_register_parse_case_number:
 * @number: "TF-0001", as somebody typed it
 * @case_id: (out): its case
 * @error: where to put the error
 *
 * Returns: whether it is such a number, else %IMP_ERROR_USAGE
 */
gboolean
imp_register_parse_case_number (const char *number, gint64 *case_id, GError **error)
{
  const char *digits = number + strlen (NUMBER_PREFIX);
  guint64 value = 0;

  if (g_ascii_strncasecmp (number, NUMBER_PREFIX, strlen (NUMBER_PREFIX)) == 0
      && g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT32, &value, NULL))
    {
      *case_id = (gint64)value;
      return TRUE;
    }
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("A case is named by its number, for example TF-0001"));
  return FALSE;
}

/* ---- their pictures ---- */

/* Who may change a case may change what is in it. */
static gboolean
touch (ImpRegister *self, gint64 case_id, GError **error)
{
  gint64 n_changed = 0;

  if (!imp_store_run (self->store, error,
                      "UPDATE teaching_case SET changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') "
                      "WHERE id = ?",
                      g_variant_new ("(x)", case_id), &n_changed))
    return FALSE;
  return n_changed == 1 || set_unknown_error (error);
}

/* Pictures whose session is gone stay at the end. Places are taken from above the old ones first,
 * as two pictures never have one. */
static gboolean
set_images (ImpRegister *self, gint64 case_id, const gint64 *item_ids, gsize n_items,
            GError **error)
{
  gboolean done =
      touch (self, case_id, error)
      && imp_store_run (self->store, error,
                        "UPDATE teaching_image SET position = position + 1 + "
                        "(SELECT max(position) FROM teaching_image WHERE case_id = ?1) + ?2 "
                        "WHERE case_id = ?1",
                        g_variant_new ("(xx)", case_id, (gint64)n_items), NULL);

  for (gsize i = 0; done && i < n_items; i++)
    done = imp_store_run (self->store, error,
                          "INSERT INTO teaching_image (case_id, position, item_id, sha256) "
                          "SELECT ?1, ?2, id, sha256 FROM curation_item WHERE id = ?3 "
                          "ON CONFLICT (item_id) DO UPDATE SET position = excluded.position "
                          "WHERE case_id = excluded.case_id",
                          g_variant_new ("(xxx)", case_id, (gint64)i, item_ids[i]), NULL);
  return done
         && imp_store_run (self->store, error,
                           "DELETE FROM teaching_image WHERE case_id = ?1 AND position >= ?2 "
                           "AND item_id IS NOT NULL",
                           g_variant_new ("(xx)", case_id, (gint64)n_items), NULL);
}

static void
take_count (ImpRow *row, gpointer user_data)
{
  *(gint64 *)user_data = imp_row_integer (row, 0);
}

static gboolean
check_images (ImpRegister *self, gint64 case_id, gsize n_items, GError **error)
{
  gint64 n_there = -1;

  if (!imp_register_query (self, error,
                           "SELECT count(*) FROM teaching_image "
                           "WHERE case_id = ? AND item_id IS NOT NULL",
                           g_variant_new ("(x)", case_id), take_count, &n_there))
    return FALSE;
  if (n_there == (gint64)n_items)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("One of the pictures is in another case already, is named twice or is "
                          "gone: nothing was changed"));
  return FALSE;
}

/**
 * imp_register_set_teaching_images:
 * @self: a register
 * @case_id: a case
 * @item_ids: (array length=n_items): pictures of sessions
 * @n_items: how many
 * @error: where to put the error
 *
 * Says which pictures are in a case, and in which order. What was said of those that stay stays.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (one is in another case, or
 *   named twice), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_teaching_images (ImpRegister *self, gint64 case_id, const gint64 *item_ids,
                                  gsize n_items, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = set_images (self, case_id, item_ids, n_items, error)
         && check_images (self, case_id, n_items, error);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_describe_teaching_image:
 * @self: a register
 * @item_id: a picture of a session that is in a case
 * @caption: what stands below it
 * @alt: what is said to who does not see it
 * @error: where to put the error
 *
 * What was cleared with other words falls back: the words leave with it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_describe_teaching_image (ImpRegister *self, gint64 item_id, const char *caption,
                                      const char *alt, GError **error)
{
  const char *const texts[] = { caption, alt };
  gboolean joined = FALSE;
  gboolean done = FALSE;
  gint64 n_changed = 0;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error)
      || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = imp_store_run (self->store, error,
                        "UPDATE teaching_case "
                        "SET changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') "
                        "WHERE id = (SELECT case_id FROM teaching_image WHERE item_id = ?)",
                        g_variant_new ("(x)", item_id), &n_changed)
         && imp_store_run (self->store, error,
                           "INSERT INTO curation_edit SELECT item_id FROM teaching_image "
                           "WHERE item_id = ?1 AND (caption <> ?2 OR alt <> ?3)",
                           g_variant_new ("(xss)", item_id, caption, alt), NULL)
         && imp_store_run (self->store, error,
                           "UPDATE teaching_image SET caption = ?2, alt = ?3 WHERE item_id = ?1",
                           g_variant_new ("(xss)", item_id, caption, alt), NULL);
  if (done && n_changed == 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                           _ ("The picture is in no case: add it to one first"));
      done = FALSE;
    }
  return imp_register_end (self, joined, done, error);
}

/* ---- whose they are, and what left ---- */

static void
add_text (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (imp_row_text (row, 0)));
}

/**
 * imp_register_list_teaching_people:
 * @self: a register
 * @case_id: a case, or 0 for all
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the ids of whose pictures are in it, by name, by number and
 *   by what left; or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GStrv
imp_register_list_teaching_people (ImpRegister *self, gint64 case_id, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);

  if (!imp_register_query (self, error,
                           "SELECT DISTINCT person_id FROM teaching_person JOIN person "
                           "ON person.id = person_id WHERE ?1 IN (0, case_id)",
                           g_variant_new ("(x)", case_id), add_text, people))
    return NULL;
  g_ptr_array_add (people, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&people), FALSE);
}

/**
 * imp_teaching_left_free:
 * @left: (transfer full) (nullable): what left
 */
void
imp_teaching_left_free (ImpTeachingLeft *left)
{
  if (left == NULL)
    return;
  g_free (left->name);
  g_free (left->export_id);
  g_free (left);
}

static void
add_left (ImpRow *row, gpointer user_data)
{
  ImpTeachingLeft *left = g_new0 (ImpTeachingLeft, 1);

  left->name = g_strdup (imp_row_text (row, 0));
  left->export_id = g_strdup (imp_row_text (row, 1));
  left->case_id = imp_row_integer (row, 2);
  left->image_id = imp_row_integer (row, 3);
  g_ptr_array_add (user_data, left);
}

/**
 * imp_register_list_teaching_left:
 * @self: a register
 * @session: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpTeachingLeft) (nullable): the files that left with it,
 *   the newest first, or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or
 * %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_teaching_left (ImpRegister *self, const char *session, GError **error)
{
  g_autoptr (GPtrArray) left =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_teaching_left_free);

  if (!imp_register_query (
          self, error,
          "SELECT name, gone.export_id, coalesce(case_id, 0), coalesce(image_id, 0) "
          "FROM teaching_release_image AS gone JOIN teaching_release "
          "ON teaching_release.id = release_id LEFT JOIN teaching_image "
          "ON teaching_image.id = image_id "
          "WHERE curation_id = ? AND gone.export_id IS NOT NULL "
          "ORDER BY gone.id DESC",
          g_variant_new ("(s)", session), add_left, left))
    return NULL;
  return g_steal_pointer (&left);
}
