/* A policy pack as people choose it: plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_PACK_INFO (imp_pack_info_get_type ())

/**
 * ImpPackInfo:
 * @id: "uk-strict"
 * @version: what its author calls this version
 * @title: what it is, in plain words
 * @summary: what it does, in plain words
 * @hash: SHA-256 of its bytes, as receipts name it
 * @guardian: (nullable): the Caldicott Guardian that it names
 * @review_by: (nullable): the day by which the site wants to look at it again, YYYY-MM-DD: the
 *   pack's own or the setting policy-review-by, whichever is earlier
 * @references: what it follows, a(sss): name, version (may be ""), day
 * @local_policy: (nullable): the site's own policy on social media, as its settings name it
 * @added: (nullable): when it came into this register, UTC; %NULL where it came with the program
 *   and was never in force
 * @ships: whether it came with the program
 * @in_force: whether the site decides by it now
 * @review_due: whether @review_by is past
 */
typedef struct
{
  char *id;
  char *version;
  char *title;
  char *summary;
  char *hash;
  char *guardian;
  char *review_by;
  GVariant *references;
  char *local_policy;
  char *added;
  gboolean ships;
  gboolean in_force;
  gboolean review_due;
} ImpPackInfo;

GType imp_pack_info_get_type (void);
ImpPackInfo *imp_pack_info_copy (const ImpPackInfo *info);
void imp_pack_info_free (ImpPackInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPackInfo, imp_pack_info_free)

G_END_DECLS
