#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-fhir-read-private.h"

#define DEEPEST 64

/* ---- JSON that can be trusted to say one thing ---- */

/* A parser that recurses must not be led too deep. */
static gboolean
is_deep (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    if (quoted)
      {
        if (text[i] == '\\')
          i++;
        else
          quoted = text[i] != '"';
      }
    else if (text[i] == '"')
      quoted = TRUE;
    else if ((text[i] == '{' || text[i] == '[') && ++depth > DEEPEST)
      return TRUE;
    else if ((text[i] == '}' || text[i] == ']') && depth > 0)
      depth--;
  return FALSE;
}

static void
count_member (JsonParser *parser, JsonObject *object, const char *name, guint *seen)
{
  (*seen)++;
}

static guint
count_members (JsonNode *node)
{
  g_autoptr (GList) values = NULL;
  guint count = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      values = json_object_get_values (json_node_get_object (node));
      count = g_list_length (values);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    values = json_array_get_elements (json_node_get_array (node));
  for (GList *value = values; value != NULL; value = value->next)
    count += count_members (value->data);
  return count;
}

static const char *
parse (JsonParser *parser, const char *text, gsize length)
{
  guint seen = 0;

  g_signal_connect (parser, "object-member", G_CALLBACK (count_member), &seen);
  if (!g_utf8_validate (text, (gssize)length, NULL) || is_deep (text, length)
      || !json_parser_load_from_data (parser, text, (gssize)length, NULL)
      || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return _ ("This is not one FHIR resource as JSON in UTF-8");
  if (count_members (json_parser_get_root (parser)) != seen)
    return _ ("A member stands twice in one object, and one of them would be lost");
  return NULL;
}

/* ---- one Consent ---- */

/* The elements of hl7.org/fhir/R4/consent.html. Those of other releases, and modifiers, may mean
 * the opposite of what the rest says. */
static gboolean
check_members (const ImpFhirReading *self)
{
  static const char *const KNOWN[] = {
    "resourceType", "id",         "meta",         "language",         "text",
    "contained",    "extension",  "identifier",   "status",           "scope",
    "category",     "patient",    "dateTime",     "performer",        "organization",
    "policy",       "policyRule", "verification", "sourceAttachment", "sourceReference",
    "provision",    NULL,
  };
  static const char *const PROVISION[] = { "id", "type", "period", "purpose", "extension", NULL };
  g_autoptr (GList) members = json_object_get_members (self->resource);
  JsonObject *provision = _imp_fhir_object (self->resource, "provision");
  g_autoptr (GList) rules = provision != NULL ? json_object_get_members (provision) : NULL;

  for (GList *each = members; each != NULL; each = each->next)
    if (!g_strv_contains (KNOWN, each->data))
      return _imp_fhir_complain (self, "Consent",
                                 _ ("It has an element that R4 does not have, or that changes the "
                                    "meaning of others: it cannot be taken in"));
  for (GList *each = rules; each != NULL; each = each->next)
    if (!g_strv_contains (PROVISION, each->data))
      return _imp_fhir_complain (self, "Consent.provision",
                                 _ ("It is narrower than a permission can say (actors, actions, "
                                    "kinds of data or exceptions): record it by hand"));
  return TRUE;
}

/* Cardinalities 1..1 and 1..*, the binding of status, and the invariant ppc-1. */
static gboolean
check_required (const ImpFhirReading *self)
{
  const char *status = _imp_fhir_text (self->resource, "status");

  if (status == NULL || !_imp_fhir_is_status (status))
    return _imp_fhir_complain (self, "Consent.status", _ ("There is no status that R4 knows"));
  if (_imp_fhir_object (self->resource, "scope") == NULL)
    return _imp_fhir_complain (self, "Consent.scope", _ ("R4 requires a scope"));
  if (_imp_fhir_item (self->resource, "category", 0) == NULL)
    return _imp_fhir_complain (self, "Consent.category", _ ("R4 requires a category"));
  if (_imp_fhir_item (self->resource, "policy", 0) == NULL
      && _imp_fhir_object (self->resource, "policyRule") == NULL)
    return _imp_fhir_complain (self, "Consent.policy", _ ("R4 requires a policy or a policy rule"));
  return TRUE;
}

static const char *
find_level (const ImpFhirReading *self)
{
  JsonObject *provision = _imp_fhir_object (self->resource, "provision");
  JsonObject *category = NULL;
  const char *code = NULL;

  for (guint i = 0; (category = _imp_fhir_item (self->resource, "category", i)) != NULL; i++)
    if (_imp_fhir_has_code (category, IMP_FHIR_LEVELS, &code))
      return code;
  if (_imp_fhir_item (provision, "purpose", 0) == NULL
      || _imp_fhir_item (provision, "purpose", 1) != NULL
      || g_strcmp0 (_imp_fhir_text (_imp_fhir_item (provision, "purpose", 0), "system"),
                    IMP_FHIR_REASONS)
             != 0)
    return NULL;
  code = _imp_fhir_text (_imp_fhir_item (provision, "purpose", 0), "code");
  return g_strcmp0 (code, "TRAIN") == 0   ? "teaching-closed"
         : g_strcmp0 (code, "TREAT") == 0 ? "record-only"
                                          : NULL;
}

static const char *
find_giver (const ImpFhirReading *self)
{
  JsonObject *performer = _imp_fhir_item (self->resource, "performer", 0);
  JsonObject *giver = _imp_fhir_resolve (self, performer);
  const char *type =
      giver != NULL ? _imp_fhir_text (giver, "resourceType") : _imp_fhir_text (performer, "type");
  const char *reference = _imp_fhir_text (performer, "reference");

  if (_imp_fhir_item (self->resource, "performer", 1) != NULL)
    return NULL;
  if (g_strcmp0 (type, "Patient") == 0
      || (reference != NULL && g_str_has_prefix (reference, "Patient/")))
    return "patient";
  return g_strcmp0 (type, "RelatedPerson") == 0
             ? _imp_fhir_text (_imp_fhir_item (giver, "relationship", 0), "text")
             : NULL;
}

/* Whether any code of the policy rule begins so, as OPTOUTE does with OPTOUT. */
static gboolean
has_rule (const ImpFhirReading *self, const char *start)
{
  JsonObject *rule = _imp_fhir_object (self->resource, "policyRule");
  JsonObject *coding = NULL;

  for (guint i = 0; (coding = _imp_fhir_item (rule, "coding", i)) != NULL; i++)
    if (g_str_has_prefix (
            _imp_fhir_text (coding, "code") != NULL ? _imp_fhir_text (coding, "code") : "", start))
      return TRUE;
  return FALSE;
}

static gboolean
is_unverified (const ImpFhirReading *self)
{
  JsonObject *verification = NULL;

  for (guint i = 0; (verification = _imp_fhir_item (self->resource, "verification", i)) != NULL;
       i++)
    {
      JsonNode *verified = json_object_get_member (verification, "verified");

      if (verified == NULL || !JSON_NODE_HOLDS_VALUE (verified)
          || !json_node_get_boolean (verified))
        return TRUE;
    }
  return FALSE;
}

/* A Consent that is active may be one to refuse. What says yes is a rule to permit, or the opting
 * in that its policy rule names; where neither stands, or nobody verified it, somebody has to look.
 */
static ImpPermissionState
find_active_state (const ImpFhirReading *self)
{
  JsonObject *rule = _imp_fhir_object (self->resource, "policyRule");
  const char *type = _imp_fhir_text (_imp_fhir_object (self->resource, "provision"), "type");
  const char *code = NULL;
  gboolean opts_in = _imp_fhir_has_code (rule, IMP_FHIR_ACTS, &code) && strcmp (code, "OPTIN") == 0;

  if (g_strcmp0 (type, "deny") == 0 || has_rule (self, "OPTOUT") || has_rule (self, "NOCONSENT"))
    return IMP_PERMISSION_REFUSED;
  return (opts_in || g_strcmp0 (type, "permit") == 0) && !is_unverified (self)
             ? IMP_PERMISSION_ACTIVE
             : IMP_PERMISSION_SUSPENDED;
}

/* What is no longer in force, and does not say why, waits for somebody to look at it. */
static ImpPermissionState
find_state (const ImpFhirReading *self)
{
  const char *status = _imp_fhir_text (self->resource, "status");
  JsonObject *reason = _imp_fhir_extension (self->resource, IMP_FHIR_INACTIVE_REASON);
  ImpPermissionState state = IMP_PERMISSION_SUSPENDED;

  if (strcmp (status, "draft") == 0)
    return IMP_PERMISSION_DRAFT;
  if (strcmp (status, "proposed") == 0)
    return IMP_PERMISSION_OFFERED;
  if (strcmp (status, "entered-in-error") == 0)
    return IMP_PERMISSION_ENTERED_IN_ERROR;
  if (strcmp (status, "rejected") == 0)
    return IMP_PERMISSION_REFUSED;
  if (strcmp (status, "active") == 0)
    return find_active_state (self);
  if (!imp_permission_state_from_text (_imp_fhir_text (reason, "valueCode"), &state)
      || strcmp (_imp_fhir_status_of (state), "inactive") != 0)
    return IMP_PERMISSION_SUSPENDED;
  return state;
}

/* dateTime may have a time behind the day. */
static char *
read_day (JsonObject *object, const char *name)
{
  const char *text = _imp_fhir_text (object, name);

  return text != NULL ? g_strndup (text, 10) : NULL;
}

/* A file that does not come from here: what R4's own elements say. */
static gboolean
read_standard (const ImpFhirReading *self, ImpPermission *permission)
{
  JsonObject *provision = _imp_fhir_object (self->resource, "provision");
  JsonObject *period = _imp_fhir_object (provision, "period");
  const char *level = find_level (self);
  const char *giver = find_giver (self);

  if (level == NULL)
    return _imp_fhir_complain (self, "Consent.category",
                               _ ("It does not say which permission this is: give a category of "
                                  "our levels, or one purpose, TRAIN or TREAT"));
  if (giver == NULL)
    return _imp_fhir_complain (self, "Consent.performer",
                               _ ("It does not say who gave the consent"));
  permission->level = g_strdup (level);
  permission->given_by = g_strdup (giver);
  permission->capacity = g_strdup ("presumed");
  permission->given = read_day (self->resource, "dateTime");
  permission->expires = read_day (period, "end");
  permission->valid_from = read_day (period, "start");
  if (g_strcmp0 (permission->valid_from, permission->given) == 0)
    g_clear_pointer (&permission->valid_from, g_free);
  permission->state = find_state (self);
  return TRUE;
}

static const char *
read_own_field (ImpEntry *entry, const ImpField *field, JsonObject *extension)
{
  JsonNode *flag = json_object_get_member (extension, "valueBoolean");
  const char *text = _imp_fhir_text (extension, "valueString");

  if (text == NULL)
    text = _imp_fhir_text (extension, "valueDate");
  if (text == NULL)
    text = _imp_fhir_text (extension, "valueCode");
  if (flag != NULL && JSON_NODE_HOLDS_VALUE (flag)
      && json_node_get_value_type (flag) == G_TYPE_BOOLEAN)
    text = json_node_get_boolean (flag) ? "yes" : "no";
  return text != NULL ? imp_entry_set (entry, field, text) : _ ("This has no value");
}

/* What the writer makes of who gave it. */
static gboolean
is_giver (const ImpFhirReading *self, const char *given_by)
{
  if (g_strcmp0 (given_by, "none") == 0)
    return _imp_fhir_item (self->resource, "performer", 0) == NULL;
  return g_strcmp0 (find_giver (self),
                    g_strcmp0 (given_by, "competent-under-16") == 0 ? "patient" : given_by)
         == 0;
}

static gboolean
is_day (const char *text, const char *day)
{
  return text == NULL || day == NULL ? text == day
                                     : strncmp (text, day, strlen ("YYYY-MM-DD")) == 0;
}

static gboolean
is_status (const ImpFhirReading *self, ImpPermissionState state)
{
  JsonObject *reason = _imp_fhir_extension (self->resource, IMP_FHIR_INACTIVE_REASON);

  return strcmp (_imp_fhir_status_of (state), _imp_fhir_text (self->resource, "status")) == 0
         && (reason == NULL
             || g_strcmp0 (_imp_fhir_text (reason, "valueCode"),
                           imp_permission_state_to_text (state))
                    == 0);
}

static gboolean
is_type (JsonObject *provision, ImpPermissionState state)
{
  const char *type = _imp_fhir_text (provision, "type");

  return type == NULL || strcmp (type, state == IMP_PERMISSION_REFUSED ? "deny" : "permit") == 0;
}

static gboolean
is_purpose (JsonObject *provision, const ImpFhirUse *use)
{
  JsonObject *purpose = _imp_fhir_item (provision, "purpose", 0);

  return g_strcmp0 (_imp_fhir_text (purpose, "system"), use->purpose_system) == 0
         && g_strcmp0 (_imp_fhir_text (purpose, "code"), use->purpose) == 0
         && _imp_fhir_item (provision, "purpose", 1) == NULL;
}

static gboolean
is_verified (const ImpFhirReading *self, const char *evidence)
{
  JsonObject *verification = _imp_fhir_item (self->resource, "verification", 0);
  JsonNode *verified =
      verification != NULL ? json_object_get_member (verification, "verified") : NULL;

  return verified != NULL && JSON_NODE_HOLDS_VALUE (verified)
         && json_node_get_boolean (verified) == (evidence != NULL)
         && _imp_fhir_item (self->resource, "verification", 1) == NULL;
}

/* Somebody on the way may have known the standard elements alone, and changed those: each says what
 * the writer would make of the extension, or the file is not taken. */
static gboolean
check_agreement (const ImpFhirReading *self, const ImpPermission *own)
{
  JsonObject *provision = _imp_fhir_object (self->resource, "provision");
  JsonObject *period = _imp_fhir_object (provision, "period");
  const char *start = own->valid_from != NULL ? own->valid_from : own->given;
  const ImpFhirUse *use = _imp_fhir_use_of (own->level);
  const char *scope = NULL;
  const char *element = NULL;

  if (use == NULL || g_strcmp0 (find_level (self), own->level) != 0)
    element = "Consent.category";
  else if (!is_status (self, own->state))
    element = "Consent.status";
  else if (!_imp_fhir_has_code (_imp_fhir_object (self->resource, "scope"), IMP_FHIR_SCOPES, &scope)
           || strcmp (scope, use->scope) != 0)
    element = "Consent.scope";
  else if (!is_day (_imp_fhir_text (self->resource, "dateTime"), own->given))
    element = "Consent.dateTime";
  else if (!is_giver (self, own->given_by))
    element = "Consent.performer";
  else if (!is_verified (self, own->evidence))
    element = "Consent.verification";
  else if (!is_type (provision, own->state))
    element = "Consent.provision.type";
  else if (!is_day (_imp_fhir_text (period, "start"), start)
           || !is_day (_imp_fhir_text (period, "end"), own->expires))
    element = "Consent.provision.period";
  else if (!is_purpose (provision, use))
    element = "Consent.provision.purpose";
  return element == NULL
         || _imp_fhir_complain (self, element,
                                _ ("This says something else than the extension: somebody changed "
                                   "one of them"));
}

/* A file that comes from here. */
static gboolean
read_own (const ImpFhirReading *self, JsonObject *own, ImpEntry *entry)
{
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);
  JsonObject *extension = NULL;

  for (guint i = 0; (extension = _imp_fhir_item (own, "extension", i)) != NULL; i++)
    {
      const char *url = _imp_fhir_text (extension, "url");
      const ImpField *field = NULL;
      const char *problem = NULL;

      for (gsize k = 0; k < n_fields; k++)
        if (fields[k].of_permission && g_strcmp0 (fields[k].name, url) == 0)
          field = &fields[k];
      problem = field != NULL ? read_own_field (entry, field, extension)
                              : _ ("The permission has a field that is not known here");
      if (problem != NULL)
        return _imp_fhir_complain (self, field != NULL ? field->name : "Consent.extension",
                                   problem);
    }
  return check_agreement (self, entry->permission);
}

static gboolean
check_days (const ImpFhirReading *self, const ImpPermission *permission)
{
  const char *const days[] = { permission->given, permission->valid_from, permission->expires };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    if (days[i] != NULL && !imp_clock_date_is_valid (days[i]))
      return _imp_fhir_complain (self, i == 0 ? "Consent.dateTime" : "Consent.provision.period",
                                 _ ("A whole day is needed here"));
  return TRUE;
}

static ImpEntry *
read_consent (const ImpFhirReading *self)
{
  g_autoptr (ImpEntry) entry = imp_entry_new ();
  JsonObject *own = _imp_fhir_extension (self->resource, IMP_FHIR_PERMISSION);
  JsonObject *identifier = _imp_fhir_item (self->resource, "identifier", 0);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);

  entry->permission = imp_permission_new ();
  if (!check_members (self) || !check_required (self) || !_imp_fhir_read_patient (self, entry)
      || !(own != NULL ? read_own (self, own, entry) : read_standard (self, entry->permission))
      || !check_days (self, entry->permission))
    return NULL;
  if (g_strcmp0 (_imp_fhir_text (identifier, "system"), IMP_FHIR_PERMISSIONS) == 0)
    entry->permission->id = g_strdup (_imp_fhir_text (identifier, "value"));
  imp_entry_check (entry, 0, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const ImpProblem *problem = g_ptr_array_index (problems, i);

      _imp_fhir_complain (self, problem->column, problem->message);
    }
  return problems->len == 0 ? g_steal_pointer (&entry) : NULL;
}

/* ---- a file ---- */

static void
index_bundle (JsonObject *bundle, GHashTable *others)
{
  JsonObject *entry = NULL;

  for (guint i = 0; (entry = _imp_fhir_item (bundle, "entry", i)) != NULL; i++)
    {
      JsonObject *resource = _imp_fhir_object (entry, "resource");
      const char *url = _imp_fhir_text (entry, "fullUrl");
      const char *id = _imp_fhir_text (resource, "id");
      const char *type = _imp_fhir_text (resource, "resourceType");

      if (url != NULL && resource != NULL)
        g_hash_table_replace (others, g_strdup (url), resource);
      if (id != NULL && type != NULL)
        g_hash_table_replace (others, g_strconcat (type, "/", id, NULL), resource);
    }
}

static void
read_resource (JsonObject *resource, guint64 row, GHashTable *others, GPtrArray *entries,
               GPtrArray *problems)
{
  static const char *const BESIDE[] = {
    "Patient", "RelatedPerson", "Organization", "Practitioner", "PractitionerRole", NULL,
  };
  const ImpFhirReading reading = { row, resource, others, problems };
  const char *type = _imp_fhir_text (resource, "resourceType");
  ImpEntry *entry = NULL;

  if (type == NULL)
    _imp_fhir_complain (&reading, NULL, _ ("There is no resource here"));
  else if (strcmp (type, "Consent") == 0)
    entry = read_consent (&reading);
  else if (!g_strv_contains (BESIDE, type))
    _imp_fhir_complain (&reading, NULL, _ ("Only consents and their patients can be taken in"));
  g_ptr_array_add (entries, entry);
}

/**
 * imp_fhir_read:
 * @text: a file
 * @length: its bytes
 * @problems: (element-type ImpProblem): gets what is wrong, by entry and element
 *
 * Reads one Consent of R4, or a Bundle with several and their patients. Whatever cannot be kept is
 * a problem: nothing that narrows a consent is left out in silence.
 *
 * Returns: (transfer full) (element-type ImpEntry): what each resource says, in order; %NULL where
 *   one is no consent, or has problems
 */
GPtrArray *
imp_fhir_read (const char *text, gsize length, GPtrArray *problems)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_entry_free);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *problem = parse (parser, text, length);
  JsonObject *root = NULL;
  JsonArray *items = NULL;

  if (problem != NULL)
    {
      g_ptr_array_add (problems, imp_problem_new (1, NULL, problem));
      return entries;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  if (g_strcmp0 (_imp_fhir_text (root, "resourceType"), "Bundle") != 0)
    {
      read_resource (root, 1, others, entries, problems);
      return entries;
    }
  index_bundle (root, others);
  items = json_object_has_member (root, "entry")
                  && JSON_NODE_HOLDS_ARRAY (json_object_get_member (root, "entry"))
              ? json_object_get_array_member (root, "entry")
              : NULL;
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    read_resource (_imp_fhir_object (_imp_fhir_item (root, "entry", i), "resource"), i + 1, others,
                   entries, problems);
  if (items == NULL || entries->len == 0)
    g_ptr_array_add (problems, imp_problem_new (1, "Bundle.entry", _ ("The bundle is empty")));
  return entries;
}
