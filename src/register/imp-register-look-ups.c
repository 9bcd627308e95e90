#include "imp-register-look-ups.h"

#include <gio/gio.h>
#include <string.h>

#include "imp-register-private.h"
#include "imp-register-text.h"

#define FORM "look-up"

/* Where the whole register can only be read, people still have to be found in it. */
static gboolean
can_record (ImpRegister *self)
{
  return imp_store_get_read_only_reason (self->store) == NULL;
}

static void
take_number (ImpRow *row, gpointer user_data)
{
  gint64 *number = user_data;

  *number = imp_row_integer (row, 0);
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* What kind of thing was looked for, and the form in which it is known again. */
static const char *
tell_kind (const char *text, char **folded)
{
  *folded = NULL;
  if (text[strspn (text, " \t\r\n")] == '\0')
    return "recent";
  *folded = imp_register_text_date (text);
  if (*folded != NULL)
    return "born";
  *folded =
      has_digit (text) ? imp_register_text_fold_number (text) : imp_register_text_fold_name (text);
  return has_digit (text) ? "number" : "name";
}

static gboolean
insert_search (ImpRegister *self, const char *kind, const char *folded, guint n_found,
               gint64 *search, GError **error)
{
  g_autofree char *digest =
      folded != NULL ? imp_store_make_digest (self->store, FORM, folded) : NULL;

  return imp_store_run (self->store, error,
                        "INSERT INTO look_up (user_id, login, kind, n_found) "
                        "VALUES (imp_actor (), ?, ?, ?)",
                        g_variant_new ("(ssx)", g_get_user_name (), kind, (gint64)n_found), NULL)
         && imp_register_query (self, error, "SELECT max(seq) FROM look_up", NULL, take_number,
                                search)
         && (digest == NULL
             || imp_store_run (self->store, error,
                               "INSERT INTO look_up_text (seq, digest) VALUES (?, ?)",
                               g_variant_new ("(xs)", *search, digest), NULL));
}

static gboolean
note_search (ImpRegister *self, const char *text, guint n_found, gint64 *search, GError **error)
{
  g_autofree char *folded = NULL;
  const char *kind = tell_kind (text, &folded);
  gboolean joined = FALSE;
  gboolean done = FALSE;

  *search = 0;
  if (!can_record (self))
    return TRUE;
  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = insert_search (self, kind, folded, n_found, search, error);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_look_up:
 * @self: a register
 * @text: as imp_register_find() takes it
 * @limit: how many at most
 * @search: (out) (optional): the number of this look-up, for imp_register_note_opened(); 0 where
 *   nothing can be recorded
 * @error: where to put the error
 *
 * Finds people for somebody who will see them, and records that.
 *
 * Returns: (transfer container) (element-type ImpFound) (nullable): as imp_register_find(), or
 * %NULL with its errors, or where the look-up could not be recorded
 */
GPtrArray *
imp_register_look_up (ImpRegister *self, const char *text, guint limit, gint64 *search,
                      GError **error)
{
  g_autoptr (GPtrArray) found = imp_register_find (self, text, limit, error);
  gint64 seq = 0;

  if (found == NULL || !note_search (self, text, found->len, &seq, error))
    return NULL;
  if (search != NULL)
    *search = seq;
  return g_steal_pointer (&found);
}

/**
 * imp_register_look_up_number:
 * @self: a register
 * @number: a number of any kind, whole
 * @error: where to put the error
 *
 * imp_register_find_by_number() for somebody who will see the person, and records that.
 *
 * Returns: (transfer full) (nullable): as imp_register_find_by_number(), or %NULL with an error
 * where the look-up could not be recorded
 */
ImpPerson *
imp_register_look_up_number (ImpRegister *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) people = imp_register_list_by_number (self, number, error);
  gint64 search = 0;

  if (people == NULL || !note_search (self, number, people->len, &search, error)
      || people->len == 0)
    return NULL;
  return imp_person_copy (g_ptr_array_index (people, 0));
}

/**
 * imp_register_note_view:
 * @self: a register
 * @view: the name of a list of people
 * @n_found: how many were shown
 * @error: where to put the error
 *
 * Records that somebody looked at a list.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO
 */
gboolean
imp_register_note_view (ImpRegister *self, const char *view, guint n_found, GError **error)
{
  return !can_record (self)
         || imp_store_run (self->store, error,
                           "INSERT INTO look_up (user_id, login, kind, view, n_found) "
                           "VALUES (imp_actor (), ?, 'view', ?, ?)",
                           g_variant_new ("(ssx)", g_get_user_name (), view, (gint64)n_found),
                           NULL);
}

/**
 * imp_register_note_opened:
 * @self: a register
 * @person_id: a person's id
 * @search: the look-up that led to the person, or 0
 * @error: where to put the error
 *
 * Records that somebody opened a person's record.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO
 */
gboolean
imp_register_note_opened (ImpRegister *self, const char *person_id, gint64 search, GError **error)
{
  return !can_record (self)
         || imp_store_run (self->store, error,
                           "INSERT INTO look_up (user_id, login, kind, search, person_id) "
                           "VALUES (imp_actor (), ?, 'opened', nullif (?, 0), ?)",
                           g_variant_new ("(sxs)", g_get_user_name (), search, person_id), NULL);
}

static void
add_look_up (ImpRow *row, gpointer user_data)
{
  ImpLookUp *look_up = imp_look_up_new ();

  look_up->seq = imp_row_integer (row, 0);
  look_up->at = g_strdup (imp_row_text (row, 1));
  look_up->user_id = g_strdup (imp_row_text (row, 2));
  look_up->login = g_strdup (imp_row_text (row, 3));
  look_up->kind = g_strdup (imp_row_text (row, 4));
  look_up->view = g_strdup (imp_row_text (row, 5));
  look_up->n_found = imp_row_is_null (row, 6) ? -1 : imp_row_integer (row, 6);
  look_up->person_id = g_strdup (imp_row_text (row, 7));
  g_ptr_array_add (user_data, look_up);
}

/**
 * imp_register_list_look_ups:
 * @self: a register
 * @person_id: (nullable): of this person's record only
 * @before: the number of the last entry of the page before; 0 for the first page
 * @limit: how many at most
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpLookUp) (nullable): the record of look-ups, newest
 *   first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_look_ups (ImpRegister *self, const char *person_id, gint64 before, guint limit,
                            GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_look_up_free);
  g_autofree char *sql = g_strdup_printf (
      "SELECT seq, at, user_id, login, kind, view, n_found, person_id FROM look_up "
      "WHERE seq < ?1 AND %s ORDER BY seq DESC LIMIT ?3",
      person_id != NULL ? "person_id = ?2" : "?2 IS NULL");

  if (!imp_register_query (
          self, error, sql,
          g_variant_new ("(xmsx)", before > 0 ? before : G_MAXINT64, person_id, (gint64)limit),
          add_look_up, list))
    return NULL;
  return g_steal_pointer (&list);
}

static void
add_text (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (imp_row_text (row, 0)));
}

/**
 * imp_register_forget_look_ups:
 * @self: a register, in a transaction
 * @person_id: a person who is being erased
 * @error: where to put the error
 *
 * Erases the digests of what was typed to look for somebody by number or whole name. Those of other
 * searches that led to the person's record go with the person.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO
 */
gboolean
imp_register_forget_look_ups (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean done = imp_register_query (
      self, error,
      "SELECT number_folded FROM person WHERE id = ?1 AND number_folded NOT NULL "
      "UNION SELECT nhs_number FROM person WHERE id = ?1 AND nhs_number NOT NULL "
      "UNION SELECT value_folded FROM person_identifier WHERE person_id = ?1 "
      "UNION SELECT name_folded FROM person WHERE id = ?1 AND name_folded <> '' "
      "UNION SELECT name_folded FROM person_alias WHERE person_id = ?1",
      g_variant_new ("(s)", person_id), add_text, texts);

  for (guint i = 0; done && i < texts->len; i++)
    {
      g_autofree char *digest =
          imp_store_make_digest (self->store, FORM, g_ptr_array_index (texts, i));

      done = imp_store_run (self->store, error, "DELETE FROM look_up_text WHERE digest = ?",
                            g_variant_new ("(s)", digest), NULL);
    }
  return done;
}
