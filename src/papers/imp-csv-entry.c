#include "imp-csv-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-field-words.h"

#define FORMAT "format"
#define MAX_FIELDS 64
#define BOM "\xef\xbb\xbf"

/* fields: what each cell of a row is (NULL: the format). */
struct _ImpCsvColumns
{
  const ImpField *fields[IMP_CSV_MAX_CELLS];
  guint n_fields;
  gboolean ours;
  guint format; /* which cell says so */
};

/**
 * imp_csv_append_header:
 * @csv: an empty file
 *
 * Begins the table: a byte order mark, without which some spreadsheets take UTF-8 for something
 * else and spoil names, and the names of the columns. The first column, "format", tells our own
 * files, in which cells were neutralised, from others.
 */
void
imp_csv_append_header (GString *csv)
{
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);
  const char *names[MAX_FIELDS] = { FORMAT };

  for (gsize i = 0; i < n_fields; i++)
    names[i + 1] = fields[i].name;
  g_string_append (csv, BOM);
  imp_csv_append_row (csv, names, n_fields + 1);
}

/**
 * imp_csv_append_entry:
 * @csv: a file with its header
 * @entry: a person, with a permission or without
 */
void
imp_csv_append_entry (GString *csv, const ImpEntry *entry)
{
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);
  char *cells[MAX_FIELDS] = { NULL };

  cells[0] = g_strdup (IMP_CSV_FORMAT);
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *text = imp_entry_get (entry, &fields[i]);

      cells[i + 1] = imp_csv_neutralise (text);
    }
  imp_csv_append_row (csv, (const char *const *)cells, n_fields + 1);
  for (gsize i = 0; i <= n_fields; i++)
    g_free (cells[i]);
}

/**
 * imp_csv_append_template:
 * @csv: an empty file
 *
 * Makes an empty table to be filled in: the names of the columns, and below each what belongs into
 * it. An import passes over that second row.
 */
void
imp_csv_append_template (GString *csv)
{
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);
  const char *names[MAX_FIELDS] = { NULL };
  char *words[MAX_FIELDS] = { NULL };

  for (gsize i = 0; i < n_fields; i++)
    {
      names[i] = fields[i].name;
      words[i] = imp_field_words_explain (&fields[i]);
    }
  g_string_append (csv, BOM);
  imp_csv_append_row (csv, names, n_fields);
  imp_csv_append_row (csv, (const char *const *)words, n_fields);
  for (gsize i = 0; i < n_fields; i++)
    g_free (words[i]);
}

static const ImpField *
find_field (const char *name)
{
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

static void
complain (GPtrArray *problems, guint64 row, const char *column, const char *message)
{
  g_ptr_array_add (problems, imp_problem_new (row, column, message));
}

static void
take_name (ImpCsvColumns *self, guint cell, const char *name, GPtrArray *problems)
{
  const ImpField *field = find_field (name);
  g_autofree char *place = g_strdup_printf (_ ("column %u"), cell + 1);

  if (strcmp (name, FORMAT) == 0)
    {
      self->ours = TRUE;
      self->format = cell;
      return;
    }
  if (field == NULL)
    complain (problems, 1, place,
              _ ("There is no such column: compare the header with that of an empty table"));
  for (guint i = 0; field != NULL && i < cell; i++)
    if (self->fields[i] == field)
      complain (problems, 1, place, _ ("This column is there twice"));
  self->fields[cell] = field;
}

/**
 * imp_csv_columns_new:
 * @header: (element-type utf8): the cells of the first row
 * @problems: (element-type ImpProblem): gets what is wrong with it
 *
 * Takes columns in any order, and those that are missing as empty. None is left out in silence: a
 * name that is not known is a problem.
 *
 * Returns: (transfer full) (nullable): what the columns are, or %NULL with problems
 */
ImpCsvColumns *
imp_csv_columns_new (GPtrArray *header, GPtrArray *problems)
{
  g_autoptr (ImpCsvColumns) self = g_new0 (ImpCsvColumns, 1);
  guint before = problems->len;

  self->n_fields = header->len;
  for (guint i = 0; i < header->len; i++)
    {
      g_autofree char *name = g_strdup (g_ptr_array_index (header, i));

      take_name (self, i, g_strstrip (name), problems);
    }
  return problems->len == before ? g_steal_pointer (&self) : NULL;
}

static gboolean
has_permission (const ImpCsvColumns *self, GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (self->fields[i] != NULL && self->fields[i]->of_permission
        && *(const char *)g_ptr_array_index (cells, i) != '\0')
      return TRUE;
  return FALSE;
}

/* What a table made elsewhere need not say: as where a permission is recorded by hand. */
static void
fill_in (ImpPermission *permission)
{
  if (permission->given_by == NULL)
    permission->given_by = g_strdup ("patient");
  if (permission->capacity == NULL)
    permission->capacity = g_strdup ("presumed");
}

static void
read_cells (const ImpCsvColumns *self, guint64 row, GPtrArray *cells, ImpEntry *entry,
            GPtrArray *problems)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const ImpField *field = self->fields[i];
      const char *cell = g_ptr_array_index (cells, i);
      g_autofree char *text = self->ours ? imp_csv_restore (cell) : g_strdup (cell);
      const char *problem = NULL;

      if (field == NULL || *text == '\0')
        continue;
      problem = imp_entry_set (entry, field, text);
      if (problem != NULL)
        complain (problems, row, field->name, problem);
    }
}

/**
 * imp_csv_columns_is_explained:
 * @self: what the columns are
 * @cells: (element-type utf8): the cells of a row
 *
 * Returns: whether the row only says what belongs into each column, as imp_csv_append_template()
 *   wrote it
 */
gboolean
imp_csv_columns_is_explained (const ImpCsvColumns *self, GPtrArray *cells)
{
  if (cells->len != self->n_fields)
    return FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      const ImpField *field = self->fields[i];
      g_autofree char *words = field != NULL ? imp_field_words_explain (field) : NULL;

      if (g_strcmp0 (words, g_ptr_array_index (cells, i)) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_csv_columns_read:
 * @self: what the columns are
 * @row: which row of the file, from 1
 * @cells: (element-type utf8): its cells
 * @problems: (element-type ImpProblem): gets what is wrong with it
 *
 * Where a table does not say so, a permission is active, was given by the patient, with capacity
 * presumed.
 *
 * Returns: (transfer full) (nullable): what the row says, or %NULL with problems
 */
ImpEntry *
imp_csv_columns_read (const ImpCsvColumns *self, guint64 row, GPtrArray *cells, GPtrArray *problems)
{
  g_autoptr (ImpEntry) entry = imp_entry_new ();
  guint before = problems->len;

  if (cells->len != self->n_fields)
    {
      complain (problems, row, NULL,
                _ ("This row has more or fewer cells than the header: look for a comma or a "
                   "quotation mark in a text"));
      return NULL;
    }
  if (self->ours && strcmp (g_ptr_array_index (cells, self->format), IMP_CSV_FORMAT) != 0)
    {
      complain (problems, row, FORMAT,
                _ ("This row is of another format: leave out the column in a table of your own"));
      return NULL;
    }
  if (has_permission (self, cells))
    {
      entry->permission = imp_permission_new ();
      entry->permission->state = IMP_PERMISSION_ACTIVE;
    }
  read_cells (self, row, cells, entry, problems);
  if (entry->permission != NULL)
    fill_in (entry->permission);
  imp_entry_check (entry, row, problems);
  return problems->len == before ? g_steal_pointer (&entry) : NULL;
}

/**
 * imp_csv_columns_free:
 * @self: (transfer full) (nullable): what the columns are
 */
void
imp_csv_columns_free (ImpCsvColumns *self)
{
  g_free (self);
}
