#include "imp-scanner-template.h"

G_DEFINE_BOXED_TYPE (ImpScannerTemplate, imp_scanner_template, imp_scanner_template_copy,
                     imp_scanner_template_free)

/**
 * imp_scanner_template_new:
 *
 * Returns: (transfer full): a template of nothing, without boxes
 */
ImpScannerTemplate *
imp_scanner_template_new (void)
{
  ImpScannerTemplate *scanner = g_new0 (ImpScannerTemplate, 1);

  scanner->boxes = g_array_new (FALSE, FALSE, sizeof (ImpTemplateBox));
  return scanner;
}

/**
 * imp_scanner_template_copy:
 * @scanner: a template
 *
 * Returns: (transfer full): a copy
 */
ImpScannerTemplate *
imp_scanner_template_copy (const ImpScannerTemplate *scanner)
{
  ImpScannerTemplate *copy = g_memdup2 (scanner, sizeof *scanner);

  copy->id = g_strdup (scanner->id);
  copy->name = g_strdup (scanner->name);
  copy->manufacturer = g_strdup (scanner->manufacturer);
  copy->model = g_strdup (scanner->model);
  copy->station = g_strdup (scanner->station);
  copy->changed = g_strdup (scanner->changed);
  copy->boxes = g_array_copy (scanner->boxes);
  return copy;
}

static gboolean
is_same (const char *remembered, const char *found)
{
  return g_str_equal (remembered, found != NULL ? found : "");
}

/**
 * imp_scanner_template_fits:
 * @scanner: what is remembered
 * @manufacturer: (nullable): of a file
 * @model: (nullable): likewise
 * @station: (nullable): likewise
 * @rows: of its pictures
 * @columns: likewise
 *
 * Returns: whether it is remembered of what made that file, for pictures of this size
 */
gboolean
imp_scanner_template_fits (const ImpScannerTemplate *scanner, const char *manufacturer,
                           const char *model, const char *station, int rows, int columns)
{
  return is_same (scanner->manufacturer, manufacturer) && is_same (scanner->model, model)
         && (*scanner->station == '\0' || is_same (scanner->station, station))
         && scanner->rows == rows && scanner->columns == columns;
}

/**
 * imp_scanner_template_free:
 * @scanner: (transfer full) (nullable): a template
 */
void
imp_scanner_template_free (ImpScannerTemplate *scanner)
{
  if (scanner == NULL)
    return;
  g_free (scanner->id);
  g_free (scanner->name);
  g_free (scanner->manufacturer);
  g_free (scanner->model);
  g_free (scanner->station);
  g_free (scanner->changed);
  g_array_unref (scanner->boxes);
  g_free (scanner);
}
