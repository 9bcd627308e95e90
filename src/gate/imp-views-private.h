/* The statement behind a view, for the test that asks how it is run. */
#pragma once

#include "imp-views.h"

G_BEGIN_DECLS

char *_imp_views_make_sql (const ImpViewQuery *query, gboolean count);
GVariant *_imp_views_make_parameters (const ImpViewQuery *query);

G_END_DECLS
