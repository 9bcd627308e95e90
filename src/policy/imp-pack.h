/* A policy pack: the decision table, its questions and the permission map, as data. */
#pragma once

#include <glib-object.h>

#include "imp-question.h"

G_BEGIN_DECLS

#define IMP_TYPE_PACK (imp_pack_get_type ())
G_DECLARE_FINAL_TYPE (ImpPack, imp_pack, IMP, PACK, GObject)
ImpPack *imp_pack_parse (GBytes *json, GError **error);
const char *imp_pack_get_id (ImpPack *pack); /* "uk-strict" */
const char *imp_pack_get_version (ImpPack *pack);
const char *imp_pack_get_title (ImpPack *pack);
const char *imp_pack_get_hash (ImpPack *pack); /* SHA-256 of its bytes */
GBytes *imp_pack_get_json (ImpPack *pack);     /* the bytes it was parsed from */
const char *imp_pack_get_summary (ImpPack *pack);
const char *imp_pack_get_guardian (ImpPack *pack);      /* nullable */
const char *imp_pack_get_review_by (ImpPack *pack);     /* nullable, YYYY-MM-DD */
GVariant *imp_pack_describe_rows (ImpPack *pack);       /* aa{sv} */
GVariant *imp_pack_describe_references (ImpPack *pack); /* a(sss): name, version, date */
char **imp_pack_find_weaknesses (ImpPack *pack);        /* sentences; none: a site may use it */
const char *const *imp_pack_get_destinations (ImpPack *pack);
GPtrArray *imp_pack_get_questions (ImpPack *pack, const char *route,
                                   const char *destination); /* container */
GPtrArray *imp_pack_list_questions (ImpPack *pack);          /* container: all of them */

/* The map of policy.md 2.4: does a level, with its scope, cover a destination, with its name? */
gboolean imp_pack_permission_covers (ImpPack *pack, const char *level, const char *scope,
                                     const char *destination, const char *destination_name);
/* Does a "no" to this level and name speak against a use that would rest on a permission? */
gboolean imp_pack_refusal_stops (ImpPack *pack, const char *level, const char *scope,
                                 const char *yes_level, const char *destination,
                                 const char *destination_name);
/* Does a "no" to this level, refused or withdrawn, speak against an anonymised use there too? */
gboolean imp_pack_refusal_covers (ImpPack *pack, const char *level, const char *destination);

G_END_DECLS
