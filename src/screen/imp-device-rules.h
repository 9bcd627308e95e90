/* Which scanners write where: rules as data, each with where it is known from.
 *
 * Owns: the format of data/screening/device-rules.json, and the matching.
 * May include: core, image, decode (facts).  Must never: pass over what it does not understand. */
#pragma once

#include "imp-facts.h"

G_BEGIN_DECLS

/* What a file says of the scanner that made it. */
typedef struct
{
  const char *modality; /* nullable, as all texts */
  const char *manufacturer;
  const char *model;
  const char *station;
  const char *series;
  const char *software;
  int rows;
  int columns;
} ImpDevice;

typedef struct
{
  char *id;
  GArray *boxes; /* ImpRect, within the frames that it is for */
  char *provenance;
} ImpDeviceRule;

typedef struct _ImpDeviceRules ImpDeviceRules;

ImpDeviceRules *imp_device_rules_get (void); /* those that the program brings */
ImpDeviceRules *imp_device_rules_new (GBytes *bytes, GError **error);
void imp_device_rules_free (ImpDeviceRules *rules);
guint imp_device_rules_get_n (const ImpDeviceRules *rules);
const ImpDeviceRule *imp_device_rules_get_nth (const ImpDeviceRules *rules, guint n);
const ImpDeviceRule *imp_device_rules_find (const ImpDeviceRules *rules, const ImpDevice *device);
void imp_device_rules_get_example (const ImpDeviceRules *rules, guint n, ImpDevice *device);
ImpDevice imp_device_of_facts (const ImpFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpDeviceRules, imp_device_rules_free)

G_END_DECLS
