/* What a person is known by besides: numbers of other kinds, other names; and what was found of
 * their capacity to decide.
 *
 * Owns: those tables.  May include: store, core.  Must never: decide what may leave. */
#pragma once

#include "imp-alias.h"
#include "imp-assessment.h"
#include "imp-coming.h"
#include "imp-identifier.h"
#include "imp-register.h"
#include "imp-scheme.h"

G_BEGIN_DECLS

/* The site's kinds of numbers. One in use keeps its form. */
gboolean imp_register_set_scheme (ImpRegister *self, const ImpScheme *scheme, GError **error);
gboolean imp_register_remove_scheme (ImpRegister *self, const char *name, GError **error);
GPtrArray *imp_register_list_schemes (ImpRegister *self, GError **error);

gboolean imp_register_add_identifier (ImpRegister *self, const char *person_id, const char *scheme,
                                      const char *value, GError **error);
gboolean imp_register_remove_identifier (ImpRegister *self, const char *person_id,
                                         const char *scheme, const char *value, GError **error);
GPtrArray *imp_register_list_identifiers (ImpRegister *self, const char *person_id, GError **error);

gboolean imp_register_add_alias (ImpRegister *self, const char *person_id, ImpAlias *alias,
                                 GError **error);
gboolean imp_register_remove_alias (ImpRegister *self, const char *person_id, const char *alias_id,
                                    GError **error);
GPtrArray *imp_register_list_aliases (ImpRegister *self, const char *person_id, GError **error);

/* The newest by its day is what the person is known by. */
gboolean imp_register_add_assessment (ImpRegister *self, ImpAssessment *assessment, GError **error);
gboolean imp_register_tell_capacity (ImpRegister *self, const ImpPerson *person, const char *day,
                                     const char **lacks, GError **error);
GPtrArray *imp_register_list_assessments (ImpRegister *self, const char *person_id, GError **error);

/* Who reaches 16 or 18 from one day to another, while a permission of the parents stands. */
GPtrArray *imp_register_list_coming_of_age (ImpRegister *self, const char *from, const char *to,
                                            GError **error);

G_END_DECLS
