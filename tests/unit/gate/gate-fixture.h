/* A gate with its real parts: decoder helper, SQLCipher register, ledger, disk. */
#pragma once

#include "gate-private.h"

#define WIDTH 64
#define HEIGHT 48

typedef struct
{
  char *folder;
  ImpGate *gate;
  ImpSource *source;
  ImpRequest *request;
  GFile *target;
  char *person_id;
} Fixture;

char *in_folder (Fixture *fixture, const char *name);
void answer_all (Fixture *fixture, ImpRequest *request, const char *route, const char *destination);
ImpGate *open_gate (Fixture *fixture, gboolean create);
void set_up (Fixture *fixture, gconstpointer noise);
void tear_down (Fixture *fixture, gconstpointer data);
char *add_permission (Fixture *fixture, const char *level);
gboolean ledger_has (Fixture *fixture, const char *kind, const char *export_id);
gboolean refused_by (GPtrArray *reasons, const char *rule);
void assert_refused (Fixture *fixture, const char *rule);
void acknowledge_all (Fixture *fixture);
void open_source (Fixture *fixture, const char *path, guint planes);
