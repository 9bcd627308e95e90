#include "imp-pack-info.h"

G_DEFINE_BOXED_TYPE (ImpPackInfo, imp_pack_info, imp_pack_info_copy, imp_pack_info_free)

/**
 * imp_pack_info_copy:
 * @info: what a pack is called
 *
 * Returns: (transfer full): a copy
 */
ImpPackInfo *
imp_pack_info_copy (const ImpPackInfo *info)
{
  ImpPackInfo *copy = g_new0 (ImpPackInfo, 1);

  *copy = *info;
  copy->id = g_strdup (info->id);
  copy->version = g_strdup (info->version);
  copy->title = g_strdup (info->title);
  copy->summary = g_strdup (info->summary);
  copy->hash = g_strdup (info->hash);
  copy->guardian = g_strdup (info->guardian);
  copy->review_by = g_strdup (info->review_by);
  copy->references = g_variant_ref (info->references);
  copy->local_policy = g_strdup (info->local_policy);
  copy->added = g_strdup (info->added);
  return copy;
}

/**
 * imp_pack_info_free:
 * @info: (transfer full) (nullable): what a pack is called
 */
void
imp_pack_info_free (ImpPackInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->id);
  g_free (info->version);
  g_free (info->title);
  g_free (info->summary);
  g_free (info->hash);
  g_free (info->guardian);
  g_free (info->review_by);
  g_variant_unref (info->references);
  g_free (info->local_policy);
  g_free (info->added);
  g_free (info);
}
