/* Users for tests: Keeper, Operator, Approver, each with a PIN of their own. */
#pragma once

#include "gate-accounts.h"
#include "gate-fixture.h"

#define KEEPER "Kay Keeper"
#define OPERATOR "Olga Operator"
#define APPROVER "Ari Approver"

const char *pin_of (const char *name);
ImpUser *try_user (Fixture *fixture, ImpUserAct act, const char *user, const char *name,
                   guint roles, const char *authority, const char *second, const char *fresh,
                   GError **error);
void add_user (Fixture *fixture, const char *name, guint roles, const char *authority,
               const char *second);
gboolean sign_in (Fixture *fixture, const char *name, GError **error);
void must_sign_in (Fixture *fixture, const char *name);
void set_up_two (Fixture *fixture, gconstpointer data);
void set_up_three (Fixture *fixture, gconstpointer data);
void forget_templates (void);
gint64 count_rows (Fixture *fixture, const char *sql);
char *read_text (Fixture *fixture, const char *sql);
void tamper (Fixture *fixture, const char *trigger, const char *sql);
