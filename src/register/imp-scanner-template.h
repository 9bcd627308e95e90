/* What is remembered of a scanner: where its pictures are covered. Plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} ImpTemplateBox;

#define IMP_TYPE_SCANNER_TEMPLATE (imp_scanner_template_get_type ())

/**
 * ImpScannerTemplate:
 * @id: random; %NULL before it is kept
 * @name: what a person calls it; "" for nothing
 * @manufacturer, @model: as its files have them; "" where they say nothing
 * @station: likewise; a template without one is for every scanner of its model
 * @rows, @columns: of its pictures; another size is another template
 * @changed: UTC
 * @boxes: (element-type ImpTemplateBox): in the pixels of a frame
 */
typedef struct
{
  char *id;
  char *name;
  char *manufacturer;
  char *model;
  char *station;
  int rows;
  int columns;
  char *changed;
  GArray *boxes;
} ImpScannerTemplate;

GType imp_scanner_template_get_type (void);
ImpScannerTemplate *imp_scanner_template_new (void);
ImpScannerTemplate *imp_scanner_template_copy (const ImpScannerTemplate *scanner);
gboolean imp_scanner_template_fits (const ImpScannerTemplate *scanner, const char *manufacturer,
                                    const char *model, const char *station, int rows, int columns);
void imp_scanner_template_free (ImpScannerTemplate *scanner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpScannerTemplate, imp_scanner_template_free)

G_END_DECLS
