/* What the parts of the register share. */
#pragma once

#include "imp-register.h"
#include "imp-store.h"

G_BEGIN_DECLS

struct _ImpRegister
{
  GObject parent_instance;

  ImpStore *store; /* owned */
};

gboolean imp_register_check_text (const char *const *texts, gsize n_texts, GError **error);
gboolean imp_register_begin (ImpRegister *self, gboolean *joined, GError **error);
gboolean imp_register_end (ImpRegister *self, gboolean joined, gboolean done, GError **error);
gboolean imp_register_supersede_replaced (ImpRegister *self, const ImpPermission *permission,
                                          GError **error);
void imp_register_take_text (ImpRow *row, gpointer user_data);

G_END_DECLS
