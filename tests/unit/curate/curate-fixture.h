/* A session at a real gate, in a folder of its own. */
#pragma once

#include "imp-curation.h"

typedef struct
{
  char *folder;
  ImpGate *gate;
  char *id;
  ImpCuration *curation;
} CurateFixture;

void curate_set_up (CurateFixture *fixture, gconstpointer data);
void curate_tear_down (CurateFixture *fixture, gconstpointer data);
ImpGate *curate_open_gate (CurateFixture *fixture, gboolean create);
void curate_open (CurateFixture *fixture);
char *curate_path (CurateFixture *fixture, const char *name);
char *curate_add_person (ImpGate *gate, const char *number);
char *curate_permit (ImpGate *gate, const char *person_id);
ImpCurationItem *curate_make_item (CurateFixture *fixture, const char *number, const char *name);
void curate_add (CurateFixture *fixture, GPtrArray *items);

/* Waits for a gesture, which is to be stored; or to be refused with this error. */
void curate_done (GObject *source, GAsyncResult *result, gpointer user_data);
gboolean curate_wait (CurateFixture *fixture, GAsyncResult **result, GError **error);
void curate_must (CurateFixture *fixture, GAsyncResult **result);

void curate_set_state (CurateFixture *fixture, guint index, ImpCurationState state);
void curate_cover (CurateFixture *fixture, guint index, const ImpCurationBox *box);
