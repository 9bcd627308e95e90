#include "imp-pack-private.h"

#include "imp-fold.h"

/**
 * imp_pack_permission_covers:
 * @pack: a pack
 * @level: (nullable): level of a permission
 * @scope: (nullable): its named work, platform, study or area
 * @destination: (nullable): where the picture would go
 * @destination_name: (nullable): the name of that work, platform or study
 *
 * The map "which permission covers which destination" (policy.md 2.4).
 *
 * Returns: whether it covers it
 */
gboolean
imp_pack_permission_covers (ImpPack *pack, const char *level, const char *scope,
                            const char *destination, const char *destination_name)
{
  const char *how = imp_pack_covers (pack, level, destination);
  g_autofree char *folded = imp_fold_name (scope);

  if (how == NULL)
    return FALSE;
  if (g_str_equal (how, "yes"))
    return TRUE;
  if (g_str_equal (how, "area"))
    return *folded != '\0';
  return imp_fold_is_same (scope, destination_name);
}

/**
 * imp_pack_refusal_stops:
 * @pack: a pack
 * @level: (nullable): a level that was refused or withdrawn
 * @scope: (nullable): the work, platform, study or area that was named
 * @yes_level: (nullable): the level of a permission for this use
 * @destination: (nullable): where the picture would go
 * @destination_name: (nullable): the name of that work, platform or study
 *
 * Tells what a "no" speaks against beside a permission. Each permission stands for itself
 * (policy.md 2.1), so that a no to one named use is none to another; but a no that names nothing,
 * where a yes would have to name something, is one to every name: "no social media at all".
 *
 * Returns: whether it speaks against a picture that would rest on that permission
 */
gboolean
imp_pack_refusal_stops (ImpPack *pack, const char *level, const char *scope, const char *yes_level,
                        const char *destination, const char *destination_name)
{
  const char *how = imp_pack_covers (pack, level, destination);
  g_autofree char *folded = imp_fold_name (scope);

  if (how == NULL)
    return FALSE;
  if (!g_str_equal (how, "yes") && *folded == '\0')
    return TRUE;
  return g_strcmp0 (level, yes_level) == 0
         && imp_pack_permission_covers (pack, level, scope, destination, destination_name);
}

/**
 * imp_pack_refusal_covers:
 * @pack: a pack
 * @level: (nullable): a level that was refused or withdrawn
 * @destination: (nullable): where the picture would go
 *
 * Tells what a "no" speaks against, for the anonymised route, which has no permission to look at
 * (policy.md 2.4, row 1). A no to the record itself speaks against every use; a no to publication
 * against publication and social media, not against teaching in the house; any other against the
 * destinations that its yes would cover, whatever their name.
 *
 * Returns: whether it speaks against @destination
 */
gboolean
imp_pack_refusal_covers (ImpPack *pack, const char *level, const char *destination)
{
  gboolean is_public =
      g_strcmp0 (destination, "publication") == 0 || g_strcmp0 (destination, "social-media") == 0;

  if (g_strcmp0 (level, "record-only") == 0)
    return TRUE;
  if (g_strcmp0 (level, "publication-open-web") == 0)
    return is_public;
  return imp_pack_covers (pack, level, destination) != NULL;
}
