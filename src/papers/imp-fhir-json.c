#include <string.h>

#include "imp-fhir-read-private.h"

/**
 * _imp_fhir_complain:
 * @self: what is being read
 * @element: which element, as R4 names it
 * @message: what is wrong with it, without a value
 *
 * Returns: %FALSE
 */
gboolean
_imp_fhir_complain (const ImpFhirReading *self, const char *element, const char *message)
{
  g_ptr_array_add (self->problems, imp_problem_new (self->row, element, message));
  return FALSE;
}

/**
 * _imp_fhir_text:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the text there, if there is one
 */
const char *
_imp_fhir_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * _imp_fhir_object:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the object there, if there is one
 */
JsonObject *
_imp_fhir_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * _imp_fhir_item:
 * @object: (nullable): an object
 * @name: a member that repeats
 * @index: which of its items
 *
 * Returns: (transfer none) (nullable): the object there, if there is one
 */
JsonObject *
_imp_fhir_item (JsonObject *object, const char *name, guint index)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *item = array != NULL && index < json_array_get_length (array)
                       ? json_array_get_element (array, index)
                       : NULL;

  return item != NULL && JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
}

/**
 * _imp_fhir_extension:
 * @object: (nullable): an element
 * @url: an extension's
 *
 * Returns: (transfer none) (nullable): that extension of it, if it has one
 */
JsonObject *
_imp_fhir_extension (JsonObject *object, const char *url)
{
  JsonObject *extension = NULL;

  for (guint i = 0; (extension = _imp_fhir_item (object, "extension", i)) != NULL; i++)
    if (g_strcmp0 (_imp_fhir_text (extension, "url"), url) == 0)
      return extension;
  return NULL;
}

/**
 * _imp_fhir_has_code:
 * @concept: (nullable): a CodeableConcept
 * @system: whose code
 * @code: (out) (transfer none): the code
 *
 * Returns: whether the concept has a code of that system
 */
gboolean
_imp_fhir_has_code (JsonObject *concept, const char *system, const char **code)
{
  JsonObject *coding = NULL;

  for (guint i = 0; (coding = _imp_fhir_item (concept, "coding", i)) != NULL; i++)
    if (g_strcmp0 (_imp_fhir_text (coding, "system"), system) == 0)
      {
        *code = _imp_fhir_text (coding, "code");
        return *code != NULL;
      }
  return FALSE;
}

/**
 * _imp_fhir_resolve:
 * @self: what is being read
 * @reference: (nullable): a Reference
 *
 * Returns: (transfer none) (nullable): the resource, contained or in the same bundle
 */
JsonObject *
_imp_fhir_resolve (const ImpFhirReading *self, JsonObject *reference)
{
  const char *name = _imp_fhir_text (reference, "reference");
  JsonObject *contained = NULL;

  if (name == NULL)
    return NULL;
  if (*name != '#')
    return g_hash_table_lookup (self->others, name);
  for (guint i = 0; (contained = _imp_fhir_item (self->resource, "contained", i)) != NULL; i++)
    if (g_strcmp0 (_imp_fhir_text (contained, "id"), name + 1) == 0)
      return contained;
  return NULL;
}
