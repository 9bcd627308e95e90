/* What the page of retention asks the gate for, in a worker: plain values, no widgets. */
#pragma once

#include "imp-keeping.h"

G_BEGIN_DECLS

/**
 * ImpKeepingDue:
 * @retention: whose record may go, and since when
 * @person: who that is, in words
 */
typedef struct
{
  ImpRetention *retention;
  char *person;
} ImpKeepingDue;

typedef struct
{
  guint limit;
  GPtrArray *due; /* of ImpKeepingDue */
  int years;
  int child_age;
} ImpKeepingFacts;

ImpKeepingFacts *imp_keeping_facts_new (guint limit);
void imp_keeping_facts_free (gpointer facts);
gboolean imp_keeping_facts_read (ImpGate *gate, gpointer facts, GError **error);

typedef enum
{
  IMP_KEEPING_PURGE,
  IMP_KEEPING_SET_YEARS,
  IMP_KEEPING_ERASE,
  IMP_KEEPING_KEEP,
  IMP_KEEPING_END_EXEMPTION,
  IMP_KEEPING_UNBLOCK,
} ImpKeepingActKind;

/**
 * ImpKeepingAct:
 * @kind: what is done
 * @ids: (nullable): whose records are purged
 * @number: (nullable): whose record is erased, kept or unblocked
 * @exemption: (nullable): why it is kept
 * @second: (nullable): who agrees
 * @years: after a record was last used
 * @child_age: until which birthday a child's is kept
 * @takes_two: set where the record is kept for a reason of the law, and nobody agreed
 * @has_users: with @takes_two: whether there is anybody who could agree
 * @whose: (nullable): with @takes_two: whose record it is, and why it is kept
 * @said: (nullable): what to tell afterwards
 */
typedef struct
{
  ImpKeepingActKind kind;
  GStrv ids;
  char *number;
  char *exemption;
  ImpSecond *second;
  int years;
  int child_age;
  gboolean takes_two;
  gboolean has_users;
  char *whose;
  char *said;
} ImpKeepingAct;

ImpKeepingAct *imp_keeping_act_new (ImpKeepingActKind kind);
void imp_keeping_act_free (gpointer act);
gboolean imp_keeping_act_run (ImpGate *gate, gpointer act, GError **error);

const char *imp_keeping_name_exemption (const char *exemption);

G_END_DECLS
