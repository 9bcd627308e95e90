/* What goes with the pictures of a teaching file: a page that opens in any browser, a table, and
 * the receipt of all: pure functions, values in, bytes out.
 *
 * Owns: what they say and how it looks.  May include: core, the register's types.
 * Must never: touch the register or a file, name a patient, or need a script or another server. */
#pragma once

#include "imp-teaching-case.h"

G_BEGIN_DECLS

/**
 * ImpTeachingFile: one picture that lies in the folder
 * @teaching: (nullable): its case; borrowed
 * @place: in its case, from 1
 * @name: of its file
 * @caption: (nullable): what stands below it
 * @alt: (nullable): what is said to who does not see it
 * @export_id: the ledger's
 * @sha256: of the file
 */
typedef struct
{
  const ImpTeachingCase *teaching;
  guint place;
  char *name;
  char *caption;
  char *alt;
  char *export_id;
  char *sha256;
} ImpTeachingFile;

void imp_teaching_file_free (ImpTeachingFile *file);
int imp_teaching_file_compare (gconstpointer a, gconstpointer b); /* of pointers to them */

/* files: ImpTeachingFile, in order; those of one case follow one another. */
GBytes *imp_teaching_index_html (GPtrArray *files, const char *day);
GBytes *imp_teaching_index_csv (GPtrArray *files);
GBytes *imp_teaching_index_receipt (GPtrArray *files, GPtrArray *retired, const char *at);

G_END_DECLS
