/* A case at the desk for the tests of policy: everything answered so that nothing stands in the
 * way; each test then changes one thing. */
#pragma once

#include "imp-policy.h"

typedef struct
{
  ImpPack *pack;
  GHashTable *answers;
  ImpPolicyFacts facts;
} Desk;

char *pack_text (const char *id);
char *text_with (const char *text, const char *from, const char *to);
ImpPack *pack_parse_text (const char *text, GError **error);
ImpPack *pack_load (const char *id);
ImpPack *pack_with_guardian (const char *id);

Desk *desk_new_with (ImpPack *pack, const char *route, const char *destination);
Desk *desk_new (const char *route, const char *destination);
void desk_free (Desk *desk);
void desk_answer (Desk *desk, const char *key, const char *value);
ImpVerdict *desk_decide (Desk *desk);

gboolean verdict_has_rule (const ImpVerdict *verdict, const char *rule);
const ImpReason *verdict_reason (const ImpVerdict *verdict, const char *rule);
gboolean verdict_needs (const ImpVerdict *verdict, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)
