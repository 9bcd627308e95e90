/* What the tests of store, register and ledger share: a folder of their own with a register in it.
 */
#pragma once

#include <sqlite3.h>

#include "imp-store.h"

G_BEGIN_DECLS

/* The key of every test, as `openssl rand -hex 32` might have given it. */
#define STORE_FIXTURE_KEY "8f1d0c6ab27e4953d0a1f5c2937b8e640a5d1e9c47f3b26880d9e1a7354c62fb"

typedef struct
{
  char *folder;
  char *path;     /* of the register */
  char *key_file; /* 64 hexadecimal characters, 0600 */
  ImpStore *store;
} StoreFixture;

void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
void store_fixture_close (StoreFixture *fixture);
void store_fixture_open (StoreFixture *fixture);
ImpKey store_fixture_key (StoreFixture *fixture);
sqlite3 *store_fixture_open_raw (StoreFixture *fixture);
void store_fixture_run_raw (StoreFixture *fixture, const char *sql);
char *store_fixture_hash (StoreFixture *fixture, const char *suffix);
char *store_fixture_text (ImpStore *store, const char *sql);
gint64 store_fixture_integer (ImpStore *store, const char *sql);

#define store_fixture_add(name, func)                                                              \
  g_test_add (name, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

G_END_DECLS
