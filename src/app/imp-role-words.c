#include "imp-role-words.h"

#include <glib/gi18n.h>

static const struct
{
  guint role;
  const char *name;
  const char *explanation;
} ROLES[] = {
  { IMP_ROLE_OPERATOR, N_ ("Operator"),
    N_ ("Prepares pictures, asks for their release, records what was said") },
  { IMP_ROLE_KEEPER, N_ ("Keeper"), N_ ("Keeps the register: records, settings, backups, users") },
  { IMP_ROLE_APPROVER, N_ ("Approver"), N_ ("Decides as the second person") },
  { IMP_ROLE_AUDITOR, N_ ("Auditor"), N_ ("Reads who did what, and changes nothing") },
};

static const struct
{
  const char *authority;
  const char *name;
} AUTHORITIES[] = {
  { "consultant", N_ ("Consultant") },
  { "ig-lead", N_ ("Information governance lead") },
  { "guardian", N_ ("Caldicott Guardian") },
};

/**
 * imp_role_words_name:
 * @role: one of #ImpRole
 *
 * Returns: (transfer none): its name
 */
const char *
imp_role_words_name (guint role)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (ROLES[i].role == role)
      return _ (ROLES[i].name);
  return "";
}

/**
 * imp_role_words_explain:
 * @role: one of #ImpRole
 *
 * Returns: (transfer none): what who has it may do, in a sentence
 */
const char *
imp_role_words_explain (guint role)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (ROLES[i].role == role)
      return _ (ROLES[i].explanation);
  return "";
}

/**
 * imp_role_words_authority:
 * @authority: (nullable): "guardian"
 *
 * Returns: (transfer none): what it is called; "An approver, no more" for %NULL or ""
 */
const char *
imp_role_words_authority (const char *authority)
{
  for (guint i = 0; i < G_N_ELEMENTS (AUTHORITIES); i++)
    if (g_strcmp0 (AUTHORITIES[i].authority, authority) == 0)
      return _ (AUTHORITIES[i].name);
  return _ ("An approver, no more");
}

/**
 * imp_role_words_describe:
 * @user: a user
 *
 * Returns: (transfer full): what they may do: "Keeper, approver (Caldicott Guardian)"
 */
char *
imp_role_words_describe (const ImpUser *user)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!user->active)
    return g_strdup (_ ("Removed"));
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if ((user->roles & ROLES[i].role) != 0)
      {
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (ROLES[i].name));
        if (ROLES[i].role == IMP_ROLE_APPROVER && user->authority != NULL)
          g_string_append_printf (text, " (%s)", imp_role_words_authority (user->authority));
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
