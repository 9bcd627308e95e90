/* What the parts of the accounts share. */
#pragma once

#include "imp-accounts.h"
#include "imp-store.h"

G_BEGIN_DECLS

struct _ImpAccounts
{
  GObject parent_instance;

  ImpStore *store; /* owned */
};

G_END_DECLS
