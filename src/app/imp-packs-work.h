/* What the page of policy packs asks the gate for, in a worker: plain values, no widgets. */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpPacksFacts:
 * @packs: (element-type ImpPackInfo): those that ship, and those that the register keeps
 * @local_policy: (nullable): the site's policy on social media, by title or number
 * @review_by: (nullable): the day by which the site looks at its policy again, YYYY-MM-DD
 */
typedef struct
{
  GPtrArray *packs;
  char *local_policy;
  char *review_by;
} ImpPacksFacts;

void imp_packs_facts_free (gpointer facts);
gboolean imp_packs_facts_read (ImpGate *gate, gpointer facts, GError **error);

/**
 * ImpPacksChoice:
 * @hash: (nullable): a pack that ships or that the register keeps
 * @file: (nullable): a site's own, to be read
 * @json: (nullable): a site's own, that was read
 * @info: (nullable): what it is called
 * @weaknesses: (nullable): what it would let out and may not
 * @setting: (nullable): a setting of the site, instead
 * @value: (nullable): what it is set to
 */
typedef struct
{
  char *hash;
  GFile *file;
  GBytes *json;
  ImpPackInfo *info;
  GStrv weaknesses;
  char *setting;
  char *value;
} ImpPacksChoice;

ImpPacksChoice *imp_packs_choice_new (const char *hash, GBytes *json);
void imp_packs_choice_free (gpointer choice);
gboolean imp_packs_choice_read (ImpGate *gate, gpointer choice, GError **error);
gboolean imp_packs_choice_use (ImpGate *gate, gpointer choice, GError **error);

G_END_DECLS
