#include "imp-user.h"

#include <glib/gi18n.h>

#include "imp-error.h"

G_DEFINE_BOXED_TYPE (ImpUser, imp_user, imp_user_copy, imp_user_free)

/* In the order of their letters: what is signed has one form. */
static const struct
{
  ImpRole role;
  const char *text;
} ROLES[] = {
  { IMP_ROLE_APPROVER, "approver" },
  { IMP_ROLE_AUDITOR, "auditor" },
  { IMP_ROLE_KEEPER, "keeper" },
  { IMP_ROLE_OPERATOR, "operator" },
};

static const char *const AUTHORITIES[] = { "consultant", "ig-lead", "guardian", NULL };

/**
 * imp_user_new:
 *
 * Returns: (transfer full): a user without anything
 */
ImpUser *
imp_user_new (void)
{
  return g_new0 (ImpUser, 1);
}

/**
 * imp_user_copy:
 * @user: a user
 *
 * Returns: (transfer full): a copy
 */
ImpUser *
imp_user_copy (const ImpUser *user)
{
  ImpUser *copy = imp_user_new ();

  copy->id = g_strdup (user->id);
  copy->name = g_strdup (user->name);
  copy->roles = user->roles;
  copy->authority = g_strdup (user->authority);
  copy->active = user->active;
  copy->key = g_strdup (user->key);
  copy->created = g_strdup (user->created);
  return copy;
}

/**
 * imp_user_free:
 * @user: (transfer full) (nullable): a user
 */
void
imp_user_free (ImpUser *user)
{
  if (user == NULL)
    return;
  g_free (user->id);
  g_free (user->name);
  g_free (user->authority);
  g_free (user->key);
  g_free (user->created);
  g_free (user);
}

/**
 * imp_user_roles_to_text:
 * @roles: #ImpRole flags
 *
 * Returns: (transfer full): their names in alphabetical order, with commas in between
 */
char *
imp_user_roles_to_text (guint roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if ((roles & ROLES[i].role) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", ROLES[i].text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * imp_user_roles_from_text:
 * @text: names with commas in between, in any order
 * @roles: (out): #ImpRole flags
 * @error: where to put the error
 *
 * Returns: whether @text names one role or more, else %IMP_ERROR_USAGE
 */
gboolean
imp_user_roles_from_text (const char *text, guint *roles, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);
  gboolean known = names[0] != NULL;

  *roles = 0;
  for (char **name = names; *name != NULL && known; name++)
    {
      known = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
        if (g_str_equal (g_strstrip (*name), ROLES[i].text))
          {
            *roles |= ROLES[i].role;
            known = TRUE;
          }
    }
  if (!known)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("The roles are operator, keeper, approver and auditor, with commas in "
                            "between"));
  return known;
}

/**
 * imp_user_authority_is_known:
 * @authority: (nullable): in whose name an approver decides, or %NULL for no other than their own
 *
 * Returns: whether there is such an authority
 */
gboolean
imp_user_authority_is_known (const char *authority)
{
  return authority == NULL || g_strv_contains (AUTHORITIES, authority);
}
