/* A condition of a pack: all, any and not over answers and facts. */
#pragma once

#include <json-glib/json-glib.h>

#include "imp-situation-private.h"

G_BEGIN_DECLS

typedef struct _ImpCondition ImpCondition;

ImpCondition *imp_condition_parse (JsonNode *node, const char *place, GError **error);
gboolean imp_condition_holds (const ImpCondition *self, const ImpSituation *situation);
gboolean imp_condition_check (const ImpCondition *self, ImpPack *pack, GError **error);
void imp_condition_collect_keys (const ImpCondition *self, GHashTable *keys);
void imp_condition_free (ImpCondition *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCondition, imp_condition_free)

G_END_DECLS
