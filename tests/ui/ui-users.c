#include "ui-users.h"

#include <glib/gstdio.h>

#include "ui-support.h"

static const char *const FILES[] = { "register.db", "register.db.key", "register.db.withdrawals",
                                     "key" };

static char *templates[2];

/* A PIN that is nobody else's. */
const char *
ui_users_pin (const char *name)
{
  if (g_str_equal (name, UI_KEEPER))
    return "481516";
  if (g_str_equal (name, UI_OPERATOR))
    return "162342";
  if (g_str_equal (name, UI_APPROVER))
    return "908172";
  return "727170";
}

static void
add (ImpGate *gate, const char *name, guint roles, const char *authority, const char *second)
{
  const ImpUserChange change = { IMP_USER_ADD, NULL, name, roles, authority };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) witness =
      second != NULL ? imp_second_new (second, ui_users_pin (second)) : NULL;
  g_autoptr (ImpSecond) pin = imp_second_new (NULL, ui_users_pin (name));
  g_autoptr (ImpUser) user = imp_gate_change_user_sync (gate, &change, witness, pin, &error);

  g_assert_no_error (error);
}

void
ui_users_sign_in (ImpGate *gate, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) who = imp_second_new (name, ui_users_pin (name));

  imp_gate_sign_in_sync (gate, who, &error);
  g_assert_no_error (error);
}

static void
make (UiUsers which)
{
  ImpGate *gate = ui_gate_new (&templates[which]);

  add (gate, UI_KEEPER, IMP_ROLE_KEEPER, NULL, NULL);
  ui_users_sign_in (gate, UI_KEEPER);
  add (gate, UI_OPERATOR, IMP_ROLE_OPERATOR, NULL, NULL);
  if (which == UI_USERS_FOUR)
    {
      add (gate, UI_APPROVER, IMP_ROLE_APPROVER, NULL, UI_OPERATOR);
      add (gate, UI_GUARDIAN, IMP_ROLE_APPROVER, "guardian", UI_OPERATOR);
    }
  g_object_unref (gate);
}

/* Making users takes seconds, as every PIN does. */
void
ui_users_copy (UiUsers which, const char *folder)
{
  if (templates[which] == NULL)
    make (which);
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *from = g_build_filename (templates[which], FILES[i], NULL);
      g_autofree char *to = g_build_filename (folder, FILES[i], NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      g_file_get_contents (from, &data, &length, &error);
      g_assert_no_error (error);
      g_file_set_contents_full (to, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}

/* Nobody is signed in; ui_gate_free(). */
ImpGate *
ui_users_gate_new (UiUsers which, char **folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  ImpGate *gate = NULL;

  *folder = g_dir_make_tmp ("imprimatur-users-XXXXXX", &error);
  g_assert_no_error (error);
  ui_users_copy (which, *folder);
  path = g_build_filename (*folder, "register.db", NULL);
  key = g_build_filename (*folder, "key", NULL);
  gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, FALSE, &error);
  g_assert_no_error (error);
  return gate;
}

void
ui_users_forget (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr (GDir) dir = templates[i] != NULL ? g_dir_open (templates[i], 0, NULL) : NULL;
      const char *name = NULL;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (templates[i], name, NULL);

          g_unlink (path);
        }
      if (templates[i] != NULL)
        g_rmdir (templates[i]);
      g_clear_pointer (&templates[i], g_free);
    }
}
