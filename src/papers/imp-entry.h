/* What one row of an interchange file says: a person, and at most one permission. Plain values.
 *
 * Owns: the names of their fields as tables and files have them, and how they are compared.
 * May include: core, the register's types.  Must never: touch the register. */
#pragma once

#include "imp-permission.h"
#include "imp-person.h"
#include "imp-problem.h"

G_BEGIN_DECLS

/**
 * ImpScan: what is said of a form's scan, which stays where it is
 * @sha1: SHA-1 in base 64, as FHIR's Attachment.hash has it
 */
typedef struct
{
  char *media_type;
  char *title; /* nullable */
  gint64 size;
  char *sha1;
} ImpScan;

typedef struct
{
  ImpPerson *person;
  ImpPermission *permission; /* nullable: nothing is recorded but the person */
  ImpScan *evidence;         /* nullable */
  GPtrArray *numbers;        /* nullable: ImpIdentifier, beside hospital and NHS number */
  GPtrArray *names;          /* nullable: ImpAlias */
} ImpEntry;

typedef enum
{
  IMP_FIELD_TEXT,
  IMP_FIELD_DATE,
  IMP_FIELD_FLAG,
  IMP_FIELD_STATE,
  IMP_FIELD_NUMBERS,
  IMP_FIELD_NAMES,
} ImpFieldKind;

typedef struct
{
  const char *name; /* "hospital_number" */
  gboolean of_permission;
  ImpFieldKind kind;
  gsize offset;
} ImpField;

const ImpField *imp_entry_fields (gsize *n_fields);

ImpEntry *imp_entry_new (void);
void imp_entry_free (ImpEntry *entry);
void imp_scan_free (ImpScan *scan);
char *imp_entry_get (const ImpEntry *entry, const ImpField *field);
const char *imp_entry_set (ImpEntry *entry, const ImpField *field, const char *text);
void imp_entry_check (const ImpEntry *entry, guint64 row, GPtrArray *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpEntry, imp_entry_free)

G_END_DECLS
