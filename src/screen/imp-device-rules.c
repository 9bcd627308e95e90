#include "imp-device-rules.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "imp-device-rules-data.h"
#include "imp-error.h"
#include "imp-reading.h"

#define FORMAT 1
#define MOST_SIDE 65535
#define LEAST_PROVENANCE 20 /* characters in which it is said where a rule is known from */

/* The texts of a device, as rules name them. */
typedef enum
{
  TEXT_MODALITY,
  TEXT_MANUFACTURER,
  TEXT_MODEL,
  TEXT_STATION,
  TEXT_SERIES,
  TEXT_SOFTWARE,
  N_TEXTS,
} Text;

static const char *const TEXTS[N_TEXTS] = { "modality", "manufacturer", "model",
                                            "station",  "series",       "software" };
static const char *const MODALITIES[] = { "CR", "CT", "DX", "ES", "IVUS", "MG", "MR", "NM", "OT",
                                          "PT", "PX", "RF", "RG", "SC",   "US", "XA", "XC", NULL };

typedef struct
{
  char *texts[N_TEXTS]; /* folded; NULL: any */
  int rows;             /* 0: any */
  int columns;
} Wanted;

typedef struct
{
  ImpDeviceRule rule;
  Wanted wanted;
  ImpDevice example; /* its texts are owned */
} Rule;

struct _ImpDeviceRules
{
  GPtrArray *rules; /* Rule */
};

static const char **
device_text (ImpDevice *device, Text text)
{
  const char **const fields[N_TEXTS] = {
    [TEXT_MODALITY] = &device->modality, [TEXT_MANUFACTURER] = &device->manufacturer,
    [TEXT_MODEL] = &device->model,       [TEXT_STATION] = &device->station,
    [TEXT_SERIES] = &device->series,     [TEXT_SOFTWARE] = &device->software,
  };

  return fields[text];
}

static void
rule_free (gpointer data)
{
  Rule *self = data;

  for (int i = 0; i < N_TEXTS; i++)
    {
      g_free (self->wanted.texts[i]);
      g_free ((char *)*device_text (&self->example, (Text)i));
    }
  g_free (self->rule.id);
  g_free (self->rule.provenance);
  g_clear_pointer (&self->rule.boxes, g_array_unref);
  g_free (self);
}

/**
 * imp_device_rules_free:
 * @rules: (transfer full) (nullable): rules
 */
void
imp_device_rules_free (ImpDeviceRules *rules)
{
  if (rules == NULL)
    return;
  g_ptr_array_unref (rules->rules);
  g_free (rules);
}

static gboolean
fail (GError **error, const char *rule, const char *key, const char *why)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
               _ ("The list of scanners has a mistake in its rule %s, at \"%s\": %s"), rule, key,
               why);
  return FALSE;
}

/* Every key of an object is one of those that are known. */
static gboolean
check_keys (JsonObject *object, const char *rule, const char *const *known, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *each = members; each != NULL; each = each->next)
    if (!g_strv_contains (known, each->data))
      return fail (error, rule, each->data, _ ("nothing is called so"));
  return TRUE;
}

static gboolean
read_int (JsonObject *object, const char *rule, const char *key, int *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, key);
  gint64 number = 0;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (error, rule, key, _ ("it is no whole number"));
  number = json_node_get_int (node);
  if (number < 0 || number > MOST_SIDE)
    return fail (error, rule, key, _ ("it is too large or too small"));
  *value = (int)number;
  return TRUE;
}

/* A text of an object, NULL where it has none; FALSE where it is no text, or an empty one. */
static gboolean
read_text (JsonObject *object, const char *rule, const char *key, char **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
      || *json_node_get_string (node) == '\0')
    return fail (error, rule, key, _ ("it is no text"));
  *value = g_strdup (json_node_get_string (node));
  return TRUE;
}

static JsonObject *
get_object (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
read_device (JsonObject *rule_object, const char *id, const char *key, char **texts, int *rows,
             int *columns, GError **error)
{
  static const char *const KEYS[] = { "modality", "manufacturer", "model",   "station", "series",
                                      "software", "rows",         "columns", NULL };
  JsonObject *object = get_object (rule_object, key);

  if (object == NULL || json_object_get_size (object) == 0)
    return fail (error, id, key, _ ("it is missing or empty"));
  if (!check_keys (object, id, KEYS, error))
    return FALSE;
  for (int i = 0; i < N_TEXTS; i++)
    if (!read_text (object, id, TEXTS[i], &texts[i], error))
      return FALSE;
  if (texts[TEXT_MODALITY] != NULL && !g_strv_contains (MODALITIES, texts[TEXT_MODALITY]))
    return fail (error, id, "modality", _ ("DICOM knows no such modality"));
  return read_int (object, id, "rows", rows, error)
         && read_int (object, id, "columns", columns, error);
}

static gboolean
read_boxes (JsonObject *object, Rule *self, GError **error)
{
  static const char *const KEYS[] = { "x", "y", "width", "height", NULL };
  JsonNode *node = json_object_get_member (object, "boxes");
  const ImpRect frame = { 0, 0, self->example.columns, self->example.rows };
  JsonArray *array = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) == 0)
    return fail (error, self->rule.id, "boxes", _ ("it is missing or empty"));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *each = json_array_get_element (array, i);
      ImpRect box = { -1, -1, 0, 0 };
      ImpRect inside = { 0 };

      if (!JSON_NODE_HOLDS_OBJECT (each))
        return fail (error, self->rule.id, "boxes", _ ("a box is no object"));
      if (!check_keys (json_node_get_object (each), self->rule.id, KEYS, error)
          || !read_int (json_node_get_object (each), self->rule.id, "x", &box.x, error)
          || !read_int (json_node_get_object (each), self->rule.id, "y", &box.y, error)
          || !read_int (json_node_get_object (each), self->rule.id, "width", &box.width, error)
          || !read_int (json_node_get_object (each), self->rule.id, "height", &box.height, error))
        return FALSE;
      inside = imp_rect_intersect (&box, &frame);
      if (box.x < 0 || box.y < 0 || imp_rect_is_empty (&inside) || !imp_rect_equal (&box, &inside))
        return fail (error, self->rule.id, "boxes", _ ("a box does not lie within its example"));
      g_array_append_val (self->rule.boxes, box);
    }
  return TRUE;
}

static gboolean
text_fits (const char *wanted, const char *has, gboolean whole)
{
  g_autofree char *folded = has != NULL ? imp_reading_fold (has, -1, IMP_READING_BASE) : NULL;

  if (wanted == NULL)
    return TRUE;
  if (folded == NULL)
    return FALSE;
  return whole ? g_str_equal (folded, wanted) : strstr (folded, wanted) != NULL;
}

static gboolean
fits (const Rule *self, const ImpDevice *device)
{
  ImpDevice copy = *device;

  if ((self->wanted.rows != 0 && self->wanted.rows != device->rows)
      || (self->wanted.columns != 0 && self->wanted.columns != device->columns))
    return FALSE;
  for (int i = 0; i < N_TEXTS; i++)
    if (!text_fits (self->wanted.texts[i], *device_text (&copy, (Text)i), i == TEXT_MODALITY))
      return FALSE;
  return TRUE;
}

static gboolean
read_example (JsonObject *object, Rule *self, GError **error)
{
  char *texts[N_TEXTS] = { NULL };
  gboolean read = read_device (object, self->rule.id, "example", texts, &self->example.rows,
                               &self->example.columns, error);

  for (int i = 0; i < N_TEXTS; i++)
    *device_text (&self->example, (Text)i) = texts[i];
  if (!read)
    return FALSE;
  if (self->example.rows == 0 || self->example.columns == 0)
    return fail (error, self->rule.id, "example", _ ("it has no rows and columns"));
  if (!fits (self, &self->example))
    return fail (error, self->rule.id, "match", _ ("its own example does not match"));
  return TRUE;
}

static gboolean
read_match (JsonObject *object, Rule *self, GError **error)
{
  if (!read_device (object, self->rule.id, "match", self->wanted.texts, &self->wanted.rows,
                    &self->wanted.columns, error))
    return FALSE;
  for (int i = 0; i < N_TEXTS; i++)
    if (self->wanted.texts[i] != NULL)
      {
        g_autofree char *text = self->wanted.texts[i];

        self->wanted.texts[i] = imp_reading_fold (text, -1, IMP_READING_BASE);
        if (*self->wanted.texts[i] == '\0')
          return fail (error, self->rule.id, TEXTS[i], _ ("it has no letter"));
      }
  return TRUE;
}

static gboolean
read_rule (ImpDeviceRules *rules, JsonNode *node, guint n, GError **error)
{
  static const char *const KEYS[] = { "id", "match", "boxes", "provenance", "example", NULL };
  g_autofree char *number = g_strdup_printf ("%u", n + 1);
  Rule *self = g_new0 (Rule, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  g_ptr_array_add (rules->rules, self);
  self->rule.boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  if (object == NULL)
    return fail (error, number, "rules", _ ("it is no object"));
  if (!read_text (object, number, "id", &self->rule.id, error))
    return FALSE;
  if (self->rule.id == NULL)
    return fail (error, number, "id", _ ("it is missing or empty"));
  for (guint i = 0; i < n; i++)
    if (g_str_equal (imp_device_rules_get_nth (rules, i)->id, self->rule.id))
      return fail (error, self->rule.id, "id", _ ("another rule is called so"));
  if (!check_keys (object, self->rule.id, KEYS, error)
      || !read_text (object, self->rule.id, "provenance", &self->rule.provenance, error))
    return FALSE;
  if (self->rule.provenance == NULL || strlen (self->rule.provenance) < LEAST_PROVENANCE)
    return fail (error, self->rule.id, "provenance",
                 _ ("it does not say where the rule is known "
                    "from"));
  return read_match (object, self, error) && read_example (object, self, error)
         && read_boxes (object, self, error);
}

/* Each rule is found by its own example: one before it that fits as well would hide it. */
static gboolean
check_order (const ImpDeviceRules *rules, GError **error)
{
  for (guint i = 0; i < rules->rules->len; i++)
    {
      const Rule *rule = g_ptr_array_index (rules->rules, i);

      if (imp_device_rules_find (rules, &rule->example) != &rule->rule)
        return fail (error, rule->rule.id, "example", _ ("a rule before it matches it, too"));
    }
  return TRUE;
}

static gboolean
read_rules (ImpDeviceRules *rules, JsonNode *root, GError **error)
{
  static const char *const KEYS[] = { "format", "rules", NULL };
  JsonObject *object =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *node = NULL;
  int format = 0;

  if (object == NULL)
    return fail (error, "0", "rules", _ ("it is no object"));
  if (!check_keys (object, "0", KEYS, error) || !read_int (object, "0", "format", &format, error))
    return FALSE;
  node = json_object_get_member (object, "rules");
  if (format != FORMAT || node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, "0", "format", _ ("it is not the one that this program reads"));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    if (!read_rule (rules, json_array_get_element (json_node_get_array (node), i), i, error))
      return FALSE;
  return check_order (rules, error);
}

/**
 * imp_device_rules_new:
 * @bytes: rules as JSON
 * @error: where to put the error
 *
 * Reads rules, and holds each against its own example: one that cannot match, as a word in it is
 * misspelt, is refused.
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL with %IMP_ERROR_DAMAGED, which says the
 *   line of what is no JSON, or the rule and the key
 */
ImpDeviceRules *
imp_device_rules_new (GBytes *bytes, GError **error)
{
  g_autoptr (ImpDeviceRules) rules = g_new0 (ImpDeviceRules, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  rules->rules = g_ptr_array_new_with_free_func (rule_free);
  if (!json_parser_load_from_data (parser, text, (gssize)length, &local_error))
    {
      /* json-glib's message begins with the line. */
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED, _ ("The list of scanners is no JSON: %s"),
                   local_error->message);
      return NULL;
    }
  if (!read_rules (rules, json_parser_get_root (parser), error))
    return NULL;
  return g_steal_pointer (&rules);
}

/**
 * imp_device_rules_get:
 *
 * Returns: (transfer none): the rules that the program brings
 */
ImpDeviceRules *
imp_device_rules_get (void)
{
  static ImpDeviceRules *rules = NULL;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      g_autoptr (GBytes) bytes =
          g_resource_lookup_data (imp_device_rules_data_get_resource (),
                                  "/io/github/imprimatur/Imprimatur/screening/device-rules.json",
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      rules = bytes != NULL ? imp_device_rules_new (bytes, NULL) : NULL;
      if (rules == NULL)
        g_error ("The program was built without its list of scanners");
      g_once_init_leave (&ready, 1);
    }
  return rules;
}

/**
 * imp_device_rules_get_n:
 * @rules: rules
 *
 * Returns: how many they are
 */
guint
imp_device_rules_get_n (const ImpDeviceRules *rules)
{
  return rules->rules->len;
}

/**
 * imp_device_rules_get_nth:
 * @rules: rules
 * @n: which, from 0
 *
 * Returns: (transfer none): that rule
 */
const ImpDeviceRule *
imp_device_rules_get_nth (const ImpDeviceRules *rules, guint n)
{
  return &((const Rule *)g_ptr_array_index (rules->rules, n))->rule;
}

/**
 * imp_device_rules_get_example:
 * @rules: rules
 * @n: which, from 0
 * @device: (out caller-allocates): a made-up device that the rule is for; @rules owns its texts
 */
void
imp_device_rules_get_example (const ImpDeviceRules *rules, guint n, ImpDevice *device)
{
  *device = ((const Rule *)g_ptr_array_index (rules->rules, n))->example;
}

/**
 * imp_device_rules_find:
 * @rules: rules
 * @device: what a file says of its scanner
 *
 * Returns: (transfer none) (nullable): the first rule that is for it
 */
const ImpDeviceRule *
imp_device_rules_find (const ImpDeviceRules *rules, const ImpDevice *device)
{
  for (guint i = 0; i < rules->rules->len; i++)
    if (fits (g_ptr_array_index (rules->rules, i), device))
      return imp_device_rules_get_nth (rules, i);
  return NULL;
}

static const char *
find_value (const ImpFacts *facts, const char *where)
{
  GPtrArray *giveaways = imp_facts_get_giveaways (facts);

  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (giveaways, i);

      if (g_str_equal (giveaway->where, where))
        return giveaway->value;
    }
  return NULL;
}

/**
 * imp_device_of_facts:
 * @facts: facts of a file
 *
 * Returns: what it says of its scanner; its texts belong to @facts
 */
ImpDevice
imp_device_of_facts (const ImpFacts *facts)
{
  return (ImpDevice){ .modality = imp_facts_get_modality (facts),
                      .manufacturer = find_value (facts, "DICOM (0008,0070)"),
                      .model = find_value (facts, "DICOM (0008,1090)"),
                      .station = find_value (facts, "DICOM (0008,1010)"),
                      .series = find_value (facts, "DICOM (0008,103e)"),
                      .software = find_value (facts, "DICOM (0018,1020)"),
                      .rows = imp_facts_get_height (facts),
                      .columns = imp_facts_get_width (facts) };
}
