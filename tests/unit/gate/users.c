#include "users.h"

#include <glib/gstdio.h>

/* A PIN that is nobody else's. */
const char *
pin_of (const char *name)
{
  if (g_str_equal (name, KEEPER))
    return "481516";
  if (g_str_equal (name, OPERATOR))
    return "162342";
  return "908172";
}

ImpUser *
try_user (Fixture *fixture, ImpUserAct act, const char *user, const char *name, guint roles,
          const char *authority, const char *second, const char *fresh, GError **error)
{
  const ImpUserChange change = { act, user, name, roles, authority };
  g_autoptr (ImpSecond) witness = second != NULL ? imp_second_new (second, pin_of (second)) : NULL;
  g_autoptr (ImpSecond) pin = fresh != NULL ? imp_second_new (NULL, fresh) : NULL;

  return imp_gate_change_user_sync (fixture->gate, &change, witness, pin, error);
}

void
add_user (Fixture *fixture, const char *name, guint roles, const char *authority,
          const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user =
      try_user (fixture, IMP_USER_ADD, NULL, name, roles, authority, second, pin_of (name), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (user->name, ==, name);
}

gboolean
sign_in (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (ImpSecond) who = imp_second_new (name, pin_of (name));

  return imp_gate_sign_in_sync (fixture->gate, who, error);
}

void
must_sign_in (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sign_in (fixture, name, &error));
  g_assert_no_error (error);
}

/* Making users takes seconds, as every PIN does: it is done once, and copied. */
static struct
{
  char *folder;
  char *person_id;
} templates[2];

static const char *const FILES[] = { "register.db", "register.db.key", "register.db.withdrawals",
                                     "key" };

static void
copy_files (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *source = g_build_filename (from, FILES[i], NULL);
      g_autofree char *target = g_build_filename (to, FILES[i], NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (source, &data, &length, &error));
      g_assert_true (g_file_set_contents_full (target, data, (gssize)length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, &error));
      g_assert_no_error (error);
    }
}

static void
set_up_users (Fixture *fixture, gboolean three)
{
  g_autoptr (GError) error = NULL;

  set_up (fixture, NULL);
  if (templates[three].folder == NULL)
    {
      add_user (fixture, KEEPER, IMP_ROLE_KEEPER, NULL, NULL);
      must_sign_in (fixture, KEEPER);
      add_user (fixture, OPERATOR, IMP_ROLE_OPERATOR, NULL, NULL);
      if (three)
        add_user (fixture, APPROVER, IMP_ROLE_APPROVER, "consultant", OPERATOR);
      g_clear_object (&fixture->gate);
      templates[three].folder = g_dir_make_tmp ("imprimatur-users-XXXXXX", &error);
      g_assert_no_error (error);
      templates[three].person_id = g_strdup (fixture->person_id);
      copy_files (fixture->folder, templates[three].folder);
    }
  else
    {
      g_clear_object (&fixture->gate);
      copy_files (templates[three].folder, fixture->folder);
      g_free (fixture->person_id);
      fixture->person_id = g_strdup (templates[three].person_id);
    }
  fixture->gate = open_gate (fixture, FALSE);
}

/* Keeper and operator; nobody is signed in. */
void
set_up_two (Fixture *fixture, gconstpointer data)
{
  set_up_users (fixture, FALSE);
}

/* An approver, too, who is a consultant. */
void
set_up_three (Fixture *fixture, gconstpointer data)
{
  set_up_users (fixture, TRUE);
}

void
forget_templates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      for (guint j = 0; templates[i].folder != NULL && j < G_N_ELEMENTS (FILES); j++)
        {
          g_autofree char *path = g_build_filename (templates[i].folder, FILES[j], NULL);

          g_unlink (path);
        }
      if (templates[i].folder != NULL)
        g_rmdir (templates[i].folder);
      g_free (templates[i].folder);
      g_free (templates[i].person_id);
    }
}

static void
take_integer (ImpRow *row, gpointer user_data)
{
  *(gint64 *)user_data = imp_row_integer (row, 0);
}

gint64
count_rows (Fixture *fixture, const char *sql)
{
  gint64 n_rows = -1;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_store_query (fixture->gate->store, &error, sql, NULL, take_integer, &n_rows));
  g_assert_no_error (error);
  return n_rows;
}

static void
take_text (ImpRow *row, gpointer user_data)
{
  char **text = user_data;

  g_free (*text);
  *text = g_strdup (imp_row_text (row, 0));
}

char *
read_text (Fixture *fixture, const char *sql)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_store_query (fixture->gate->store, &error, sql, NULL, take_text, &text));
  g_assert_no_error (error);
  return text;
}

/* What another program with the key could do: it need not keep our triggers. */
void
tamper (Fixture *fixture, const char *trigger, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *drop = trigger != NULL ? g_strdup_printf ("DROP TRIGGER %s", trigger) : NULL;

  if (drop != NULL)
    g_assert_true (imp_store_run (fixture->gate->store, &error, drop, NULL, NULL));
  g_assert_true (imp_store_run (fixture->gate->store, &error, sql, NULL, NULL));
  g_assert_no_error (error);
}
