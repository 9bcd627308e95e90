/* What the parts of the register share. */
#pragma once

#include "imp-register.h"
#include "imp-store.h"

G_BEGIN_DECLS

#define IMP_REGISTER_PERSON_COLUMNS                                                                \
  "id, hospital_number, nhs_number, name, born, died, objects, lacks_capacity, "                   \
  "known_to_audience, note, created"

struct _ImpRegister
{
  GObject parent_instance;

  ImpStore *store;   /* owned */
  gboolean for_desk; /* whoever reads has to be signed in */
};

gboolean imp_register_check_text (const char *const *texts, gsize n_texts, GError **error);
gboolean imp_register_begin (ImpRegister *self, gboolean *joined, GError **error);
gboolean imp_register_end (ImpRegister *self, gboolean joined, gboolean done, GError **error);
gboolean imp_register_check_giver (ImpRegister *self, const ImpPermission *permission,
                                   GError **error);
gboolean imp_register_supersede_replaced (ImpRegister *self, const ImpPermission *permission,
                                          GError **error);
ImpPerson *imp_register_make_person (ImpRow *row);
gboolean imp_register_query (ImpRegister *self, GError **error, const char *sql,
                             GVariant *parameters, ImpRowFunc func, gpointer user_data);
void imp_register_take_text (ImpRow *row, gpointer user_data);
gboolean imp_register_check_days_and_words (ImpRegister *self, const ImpPermission *permission,
                                            GError **error);

G_END_DECLS
