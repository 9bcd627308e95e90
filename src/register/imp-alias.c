#include "imp-alias.h"

G_DEFINE_BOXED_TYPE (ImpAlias, imp_alias, imp_alias_copy, imp_alias_free)

/**
 * imp_alias_new:
 *
 * Returns: (transfer full): an empty alias
 */
ImpAlias *
imp_alias_new (void)
{
  return g_new0 (ImpAlias, 1);
}

/**
 * imp_alias_copy:
 * @alias: an alias
 *
 * Returns: (transfer full): a copy
 */
ImpAlias *
imp_alias_copy (const ImpAlias *alias)
{
  ImpAlias *copy = imp_alias_new ();

  *copy = *alias;
  copy->id = g_strdup (alias->id);
  copy->name = g_strdup (alias->name);
  copy->kind = g_strdup (alias->kind);
  return copy;
}

/**
 * imp_alias_free:
 * @alias: (transfer full) (nullable): an alias
 */
void
imp_alias_free (ImpAlias *alias)
{
  if (alias == NULL)
    return;
  g_free (alias->id);
  g_free (alias->name);
  g_free (alias->kind);
  g_free (alias);
}

/**
 * imp_alias_kinds:
 *
 * Returns: (transfer none) (array zero-terminated=1): what another name may be
 */
const char *const *
imp_alias_kinds (void)
{
  static const char *const KINDS[] = { "also-known-as", "former", "preferred", "misspelt", NULL };

  return KINDS;
}
