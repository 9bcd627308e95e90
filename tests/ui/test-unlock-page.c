/* The unlock page, on real encrypted files: first run, passphrase, wrong key, damage. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-keeping.h"
#include "imp-register.h"
#include "imp-unlock-page.h"
#include "ui-support.h"

static const char PASSPHRASE[] = "correct horse battery staple";

typedef struct
{
  char *folder;
  char *path;
  GtkWidget *page;
  GtkWidget *window;
  ImpGate *gate;
} Desk;

static void
on_unlocked (ImpUnlockPage *page, ImpGate *gate, Desk *desk)
{
  g_assert_null (desk->gate);
  desk->gate = g_object_ref (gate);
}

static void
open_page (Desk *desk)
{
  desk->page = imp_unlock_page_new (desk->path);
  g_signal_connect (desk->page, "unlocked", G_CALLBACK (on_unlocked), desk);
  desk->window = ui_window_new (desk->page, 1024, 594);
  imp_unlock_page_start (IMP_UNLOCK_PAGE (desk->page));
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->page == NULL;
}

static void
close_page (Desk *desk)
{
  g_object_add_weak_pointer (G_OBJECT (desk->page), (gpointer *)&desk->page);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the page");
  g_clear_object (&desk->gate);
}

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  desk->folder = g_dir_make_tmp ("imprimatur-unlock-XXXXXX", &error);
  g_assert_no_error (error);
  desk->path = g_build_filename (desk->folder, "register.db", NULL);
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  GDir *dir = g_dir_open (desk->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (desk->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (desk->folder);
  g_free (desk->folder);
  g_free (desk->path);
}

static gboolean
is_unlocked (gpointer data)
{
  return ((Desk *)data)->gate != NULL;
}

static void
make_register (Desk *desk)
{
  open_page (desk);
  ui_wait_for (desk->page, "Make the consent register");
  ui_click (desk->page, "A passphrase");
  ui_type (desk->page, "Passphrase", PASSPHRASE);
  ui_type (desk->page, "The same passphrase again", PASSPHRASE);
  ui_type (desk->page, "Local policy: title or number, and date", "Policy 7, May 2026");
  ui_click (desk->page, "Make the register");
  ui_wait (is_unlocked, desk, "the new register");
}

/* First run: nothing opens before the passphrase is long enough and twice the same. */
static void
test_first_run (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  open_page (desk);
  ui_wait_for (desk->page, "Make the consent register");
  ui_shot ("unlock-1-first-run");
  g_assert_true (ui_sees (desk->page, "Strict (UK)"));
  g_assert_true (ui_sees (desk->page, "Standard (UK)"));
  g_assert_cmpuint (ui_count_unnamed (desk->page), ==, 0);
  ui_click (desk->page, "A passphrase");
  ui_shot ("unlock-1-passphrase");
  ui_type (desk->page, "Passphrase", "short");
  ui_click (desk->page, "Make the register");
  g_assert_true (ui_sees (desk->page, "The passphrase is too short"));
  ui_type (desk->page, "Passphrase", PASSPHRASE);
  ui_type (desk->page, "The same passphrase again", "another passphrase");
  ui_click (desk->page, "Make the register");
  g_assert_true (ui_sees (desk->page, "The two passphrases differ"));
  ui_shot ("unlock-1-differ");
  g_assert_false (g_file_test (desk->path, G_FILE_TEST_EXISTS));
  close_page (desk);

  make_register (desk);
  g_assert_cmpstr (imp_gate_get_pack_id (desk->gate), ==, "uk-strict");
  reference = imp_register_get_setting (imp_gate_get_register (desk->gate),
                                        "local-policy-reference", &error);
  g_assert_cmpstr (reference, ==, "Policy 7, May 2026");
  g_assert_true (imp_register_is_encrypted (imp_gate_get_register (desk->gate)));
  close_page (desk);
  g_assert_true (g_file_get_contents (desk->path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 16);
  g_assert_cmpint (memcmp (contents, "SQLite format 3", 15), !=, 0);
}

static void
test_wrong_then_right (Desk *desk, gconstpointer data)
{
  make_register (desk);
  close_page (desk);
  open_page (desk);
  ui_wait_for (desk->page, "Unlock the register");
  g_assert_cmpuint (ui_count_unnamed (desk->page), ==, 0);
  ui_shot ("unlock-2-ask");
  ui_click (desk->page, "Unlock");
  g_assert_true (ui_sees (desk->page, "Type the passphrase first."));
  ui_type (desk->page, "Passphrase", "not the passphrase at all");
  ui_click (desk->page, "Unlock");
  ui_wait_for (desk->page, "This passphrase does not fit.");
  ui_shot ("unlock-2-wrong");
  g_assert_null (desk->gate);
  ui_type (desk->page, "Passphrase", PASSPHRASE);
  ui_click (desk->page, "Unlock");
  ui_wait (is_unlocked, desk, "the unlocked register");
  close_page (desk);
}

/* Damage is a page of its own, and the file stays as it was. */
static void
test_damaged (Desk *desk, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length = 0;
  gsize length_after = 0;

  make_register (desk);
  close_page (desk);
  g_assert_true (g_file_get_contents (desk->path, &before, &length, NULL));
  memset (before, 0x5a, MIN (length, 4096));
  g_assert_true (g_file_set_contents (desk->path, before, (gssize)length, NULL));
  open_page (desk);
  ui_wait_for (desk->page, "Unlock the register");
  ui_type (desk->page, "Passphrase", PASSPHRASE);
  ui_click (desk->page, "Unlock");
  ui_wait_for (desk->page, "Try again");
  ui_shot ("unlock-3-damaged");
  g_assert_null (desk->gate);
  g_assert_true (g_file_get_contents (desk->path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, before, length);
  close_page (desk);
}

static void
test_key_file (Desk *desk, gconstpointer data)
{
  g_autofree char *key = g_build_filename (desk->folder, "key", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (
      key, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 64,
      G_FILE_SET_CONTENTS_NONE, 0600, &error));
  g_setenv ("IMPRIMATUR_KEY_FILE", key, TRUE);
  open_page (desk);
  ui_wait (is_unlocked, desk, "a register made with the key file");
  close_page (desk);
  g_unsetenv ("IMPRIMATUR_KEY_FILE");
  open_page (desk);
  ui_wait_for (desk->page, "Choose the key file…");
  ui_shot ("unlock-4-key-file");
  g_assert_null (desk->gate);
  close_page (desk);
}

/* Without a keyring a passphrase is the only way, and needs no choosing. */
static void
test_no_keyring (Desk *desk, gconstpointer data)
{
  open_page (desk);
  ui_wait_for (desk->page, "Make the consent register");
  g_assert_false (ui_sees (desk->page, "This account’s keyring"));
  g_assert_true (ui_sees (desk->page, "The same passphrase again"));
  close_page (desk);
}

/* With an unlocked keyring nobody types anything, neither now nor next time. */
static void
test_keyring (Desk *desk, gconstpointer data)
{
  open_page (desk);
  ui_wait_for (desk->page, "This account’s keyring");
  ui_click (desk->page, "This account’s keyring");
  ui_click (desk->page, "Make the register");
  ui_wait (is_unlocked, desk, "the new register");
  close_page (desk);
  open_page (desk);
  ui_wait (is_unlocked, desk, "the register, opened by the keyring");
  close_page (desk);
}

/* The key file is lost: the recovery key opens the register, typed from paper. */
static void
test_recovery (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key_file = g_build_filename (desk->folder, "key", NULL);
  g_autoptr (ImpGate) gate =
      imp_gate_open_sync (desk->path, IMP_GATE_KEY_FILE, key_file, TRUE, &error);
  char *text = NULL;
  g_autofree char *mistyped = NULL;

  g_assert_no_error (error);
  text = imp_gate_make_recovery_key_sync (gate, &error);
  g_assert_no_error (error);
  g_clear_object (&gate);
  g_assert_cmpint (g_unlink (key_file), ==, 0);
  open_page (desk);
  ui_wait_for (desk->page, "It was made with a key file");
  ui_shot ("unlock-8-key-file-lost");
  ui_click (desk->page, "Type the recovery key…");
  mistyped = g_strdup (text);
  mistyped[0] = mistyped[0] == '2' ? '3' : '2';
  ui_type (desk->page, "Passphrase", mistyped);
  ui_click (desk->page, "Unlock");
  ui_wait_for (desk->page, "This recovery key does not fit.");
  ui_shot ("unlock-9-recovery");
  ui_type (desk->page, "Passphrase", text);
  ui_click (desk->page, "Unlock");
  ui_wait (is_unlocked, desk, "the register that the recovery key opens");
  imp_gate_free_recovery_key (text);
  close_page (desk);
}

int
main (int argc, char **argv)
{
  g_unsetenv ("IMPRIMATUR_KEY_FILE");
  ui_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)
  if (g_getenv ("IMP_TEST_KEYRING") != NULL)
    {
      ADD ("/ui/unlock/keyring", test_keyring);
      return g_test_run ();
    }
  ADD ("/ui/unlock/first-run", test_first_run);
  ADD ("/ui/unlock/no-keyring", test_no_keyring);
  ADD ("/ui/unlock/wrong-then-right", test_wrong_then_right);
  ADD ("/ui/unlock/damaged", test_damaged);
  ADD ("/ui/unlock/key-file", test_key_file);
  ADD ("/ui/unlock/security-5-2/recovery-key", test_recovery);
#undef ADD
  return g_test_run ();
}
