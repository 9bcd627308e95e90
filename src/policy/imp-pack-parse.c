#include "imp-clock.h"
#include "imp-error.h"
#include "imp-json-private.h"
#include "imp-pack-private.h"

static const char *const ROUTES[] = { "anonymised", "consent", NULL };
/* There is no "friends only": a closed group is social media (article rows 22 and 27). */
static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research",         "social-media",  NULL };
static const char *const COVERS[] = { "yes", "named", "area", NULL };
static const char *const TYPES[] = { "choice", "text", NULL };
static const char *const SCOPES[] = { "use", "person", "case", "pixels", NULL };
static const char *const PAGES[] = { "person", "use",     "case",       "basis", "cover",
                                     "words",  "account", "permanence", NULL };
static const char *const OUTCOMES[] = { "allow", "confirm", "second-person", "refuse", NULL };

static gboolean
wrong (const char *place, const char *what, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s: %s", place, what);
  return FALSE;
}

/* All of @texts must be known; for one text, give it as a list of one. */
static gboolean
all_known (char **texts, const char *const *known, const char *place, const char *name,
           GError **error)
{
  for (char **text = texts; text != NULL && *text != NULL; text++)
    if (!g_strv_contains (known, *text))
      {
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s.%s: \"%s\" is not known", place, name,
                     *text);
        return FALSE;
      }
  return TRUE;
}

static gboolean
known_text (JsonObject *object, const char *place, const char *name, const char *const *known,
            char **text, GError **error)
{
  return imp_json_text (object, place, name, TRUE, text, error)
         && all_known ((char *[]){ *text, NULL }, known, place, name, error);
}

static gboolean
read_use (ImpPack *self, JsonObject *object, const char *place, char ***routes,
          char ***destinations, GError **error)
{
  return imp_json_texts (object, place, "routes", TRUE, routes, error)
         && all_known (*routes, ROUTES, place, "routes", error)
         && imp_json_texts (object, place, "destinations", TRUE, destinations, error)
         && all_known (*destinations, (const char *const *)self->destinations, place,
                       "destinations", error);
}

static gboolean
read_answers (JsonObject *object, const char *place, ImpQuestion *question, GError **error)
{
  if (g_str_equal (question->type, "text"))
    {
      if (json_object_has_member (object, "allowed") || json_object_has_member (object, "clears"))
        return wrong (place, "a text question has neither allowed nor clears", error);
      return imp_json_number (object, place, "min_length", 1, &question->min_length, error);
    }
  if (json_object_has_member (object, "min_length"))
    return wrong (place, "a choice has no min_length", error);
  return imp_json_texts (object, place, "allowed", TRUE, &question->allowed, error)
         && known_text (object, place, "clears", (const char *const *)question->allowed,
                        &question->clears, error);
}

static ImpReason *
read_insist (JsonObject *question, const char *place, GError **error)
{
  static const char *const KNOWN[] = { "rule", "reason", "source", "lift", NULL };
  g_autofree char *where = g_strdup_printf ("%s.insist", place);
  g_autoptr (ImpReason) reason = imp_reason_new (NULL, IMP_OUTCOME_REFUSE, NULL, NULL, NULL);
  JsonObject *object = imp_json_object (json_object_get_member (question, "insist"), where, error);

  if (object == NULL || !imp_json_only (object, where, KNOWN, error)
      || !imp_json_text (object, where, "rule", TRUE, &reason->rule, error)
      || !imp_json_text (object, where, "reason", TRUE, &reason->reason, error)
      || !imp_json_text (object, where, "source", TRUE, &reason->source, error)
      || !imp_json_text (object, where, "lift", TRUE, &reason->lift, error))
    return NULL;
  return g_steal_pointer (&reason);
}

static gboolean
read_need (ImpPackQuestion *self, JsonObject *object, const char *place, GError **error)
{
  g_autofree char *where = g_strdup_printf ("%s.needed", place);

  if (!imp_json_flag (object, place, "required", TRUE, &self->question->required, error)
      || !imp_json_text (object, place, "needed_when", !self->question->required,
                         &self->question->needed_when, error))
    return FALSE;
  if (self->question->required
      && (self->question->needed_when != NULL || json_object_has_member (object, "needed")))
    return wrong (place, "a required question is always needed", error);
  if (json_object_has_member (object, "needed"))
    {
      self->needed = imp_condition_parse (json_object_get_member (object, "needed"), where, error);
      if (self->needed == NULL)
        return FALSE;
    }
  if (json_object_has_member (object, "insist"))
    {
      if (self->question->clears == NULL)
        return wrong (place, "only a choice can insist on its clearing answer", error);
      self->insists = read_insist (object, place, error);
      return self->insists != NULL;
    }
  return TRUE;
}

static gboolean
read_question (ImpPack *pack, JsonNode *node, const char *place, GError **error)
{
  static const char *const KNOWN[] = { "key",         "text",   "help",       "type",
                                       "scope",       "page",   "routes",     "destinations",
                                       "allowed",     "clears", "min_length", "required",
                                       "needed_when", "needed", "insist",     "rows",
                                       "use",         NULL };
  g_autoptr (ImpPackQuestion) self = g_new0 (ImpPackQuestion, 1);
  ImpQuestion *question = self->question = g_new0 (ImpQuestion, 1);
  JsonObject *object = imp_json_object (node, place, error);

  if (object == NULL || !imp_json_only (object, place, KNOWN, error)
      || !imp_json_text (object, place, "key", TRUE, &question->key, error)
      || !imp_json_text (object, place, "text", TRUE, &question->text, error)
      || !imp_json_text (object, place, "help", FALSE, &question->help, error)
      || !known_text (object, place, "type", TYPES, &question->type, error)
      || !known_text (object, place, "scope", SCOPES, &question->scope, error)
      || !known_text (object, place, "page", PAGES, &question->page, error)
      || !read_use (pack, object, place, &self->routes, &self->destinations, error)
      || !read_answers (object, place, question, error)
      || !imp_json_texts (object, place, "rows", TRUE, &question->rows, error)
      || !imp_json_text (object, place, "use", FALSE, &self->use, error)
      || !read_need (self, object, place, error))
    return FALSE;
  self->place = g_strdup (place);
  if (imp_pack_find_question (pack, question->key) != NULL)
    return wrong (place, "this key stands there twice", error);
  g_ptr_array_add (pack->questions, g_steal_pointer (&self));
  return TRUE;
}

static gboolean
read_case (ImpPackRow *row, JsonNode *node, const char *source, const char *place, GError **error)
{
  static const char *const KNOWN[] = { "when", "outcome",   "confirm", "reason",
                                       "lift", "authority", NULL };
  static const char *const AUTHORITIES[] = { "consultant", "ig-lead", "guardian", NULL };
  g_autoptr (ImpPackCase) self = g_new0 (ImpPackCase, 1);
  g_autofree char *rule = g_strdup_printf ("row-%u", row->number);
  g_autofree char *where = g_strdup_printf ("%s.when", place);
  g_autofree char *outcome = NULL;
  JsonObject *object = imp_json_object (node, place, error);

  self->says = imp_reason_new (rule, IMP_OUTCOME_REFUSE, NULL, source, NULL);
  if (object == NULL || !imp_json_only (object, place, KNOWN, error)
      || !known_text (object, place, "outcome", OUTCOMES, &outcome, error)
      || !imp_json_text (object, place, "reason", TRUE, &self->says->reason, error)
      || !imp_json_text (object, place, "lift", TRUE, &self->says->lift, error)
      || !imp_json_texts (object, place, "confirm", FALSE, &self->confirm, error)
      || (json_object_has_member (object, "authority")
          && !known_text (object, place, "authority", AUTHORITIES, &self->authority, error)))
    return FALSE;
  for (guint i = 0; OUTCOMES[i] != NULL; i++)
    if (g_str_equal (OUTCOMES[i], outcome))
      self->says->outcome = (ImpOutcome)i;
  if (self->says->outcome == IMP_OUTCOME_CONFIRM && self->confirm == NULL)
    return wrong (place, "says confirm, but not which answers confirm it", error);
  self->when = imp_condition_parse (json_object_get_member (object, "when"), where, error);
  if (self->when == NULL)
    return FALSE;
  g_ptr_array_add (row->cases, g_steal_pointer (&self));
  return TRUE;
}

static gboolean
read_row (ImpPack *pack, JsonNode *node, const char *place, GError **error)
{
  static const char *const KNOWN[] = { "row",   "routes", "destinations", "source", "basis",
                                       "cases", NULL };
  g_autoptr (ImpPackRow) self = g_new0 (ImpPackRow, 1);
  JsonObject *object = imp_json_object (node, place, error);
  JsonArray *cases = NULL;
  int number = 0;

  self->cases = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_pack_case_free);
  if (object == NULL || !imp_json_only (object, place, KNOWN, error)
      || !imp_json_number (object, place, "row", 1, &number, error)
      || !read_use (pack, object, place, &self->routes, &self->destinations, error)
      || !imp_json_text (object, place, "source", TRUE, &self->source, error)
      || !imp_json_flag (object, place, "basis", FALSE, &self->basis, error)
      || (cases = imp_json_array (object, place, "cases", error)) == NULL)
    return FALSE;
  self->number = (guint)number;
  self->place = g_strdup (place);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.cases[%u]", place, i);

      if (!read_case (self, json_array_get_element (cases, i), self->source, where, error))
        return FALSE;
    }
  for (guint i = 0; i < pack->rows->len; i++)
    if (((ImpPackRow *)g_ptr_array_index (pack->rows, i))->number == self->number)
      return wrong (place, "this row stands there twice", error);
  g_ptr_array_add (pack->rows, g_steal_pointer (&self));
  return TRUE;
}

/* How far a permission reaches at most (policy.md 2.4): a site may narrow it, never widen it. What
 * is not here is not covered. */
static const struct
{
  const char *level;
  const char *destination;
  const char *widest;
} REACH[] = {
  { "teaching-closed", "internal-meeting", "yes" },
  { "teaching-closed", "teaching-file", "yes" },
  { "publication-named", "publication", "named" },
  { "publication-open-web", "internal-meeting", "yes" },
  { "publication-open-web", "teaching-file", "yes" },
  { "publication-open-web", "publication", "yes" },
  { "social-media", "social-media", "named" },
  { "research-study", "research", "named" },
  { "research-area", "research", "area" },
};

static gboolean
check_reach (const char *level, const char *destination, const char *how, const char *place,
             GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (REACH); i++)
    if (g_str_equal (REACH[i].level, level) && g_str_equal (REACH[i].destination, destination)
        && (g_str_equal (REACH[i].widest, how) || g_str_equal (REACH[i].widest, "yes")
            || g_str_equal (how, "named")))
      return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "%s.%s: a permission of this level does not reach so far, and no pack can widen it",
               place, destination);
  return FALSE;
}

static gboolean
read_covers (ImpPack *self, JsonNode *node, GError **error)
{
  JsonObject *levels = imp_json_object (node, "pack.covers", error);
  g_autoptr (GList) names = levels == NULL ? NULL : json_object_get_members (levels);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *place = g_strdup_printf ("pack.covers.%s", (const char *)l->data);
      JsonObject *level = imp_json_object (json_object_get_member (levels, l->data), place, error);
      g_autoptr (GList) members = level == NULL ? NULL : json_object_get_members (level);

      if (level == NULL
          || !imp_json_only (level, place, (const char *const *)self->destinations, error))
        return FALSE;
      for (GList *m = members; m != NULL; m = m->next)
        {
          g_autofree char *how = NULL;

          if (!known_text (level, place, m->data, COVERS, &how, error)
              || !check_reach (l->data, m->data, how, place, error))
            return FALSE;
          g_hash_table_insert (
              self->covers, g_strdup_printf ("%s/%s", (const char *)l->data, (const char *)m->data),
              g_steal_pointer (&how));
        }
    }
  return levels != NULL;
}

static gboolean
read_list (ImpPack *self, JsonObject *object, const char *name,
           gboolean (*read) (ImpPack *, JsonNode *, const char *, GError **), GError **error)
{
  JsonArray *array = imp_json_array (object, "pack", name, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("pack.%s[%u]", name, i);

      if (!read (self, json_array_get_element (array, i), place, error))
        return FALSE;
    }
  return array != NULL;
}

static gboolean
read_reference (ImpPack *self, JsonNode *node, const char *place, GError **error)
{
  static const char *const KNOWN[] = { "name", "version", "date", NULL };
  g_autofree char *name = NULL;
  g_autofree char *version = NULL;
  g_autofree char *date = NULL;
  JsonObject *object = imp_json_object (node, place, error);

  if (object == NULL || !imp_json_only (object, place, KNOWN, error)
      || !imp_json_text (object, place, "name", TRUE, &name, error)
      || !imp_json_text (object, place, "version", FALSE, &version, error)
      || !imp_json_text (object, place, "date", TRUE, &date, error))
    return FALSE;
  g_ptr_array_add (self->references, g_variant_ref_sink (g_variant_new (
                                         "(sss)", name, version != NULL ? version : "", date)));
  return TRUE;
}

static gboolean
read_review (ImpPack *self, JsonObject *object, GError **error)
{
  if (!imp_json_text (object, "pack", "review_by", FALSE, &self->review_by, error))
    return FALSE;
  return self->review_by == NULL || imp_clock_date_is_valid (self->review_by)
         || wrong ("pack.review_by", "must be a date, YYYY-MM-DD", error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ImpPackRow *one = *(const ImpPackRow *const *)a;
  const ImpPackRow *other = *(const ImpPackRow *const *)b;

  return one->number < other->number ? -1 : one->number > other->number;
}

/**
 * imp_pack_fill:
 * @self: an empty pack
 * @root: the JSON of a pack
 * @error: %IMP_ERROR_USAGE naming the place where a member is missing, unknown, of the wrong type
 *   or there twice
 *
 * Returns: whether @self holds all of @root
 */
gboolean
imp_pack_fill (ImpPack *self, JsonNode *root, GError **error)
{
  static const char *const KNOWN[] = { "format",       "id",       "version",    "title",
                                       "summary",      "guardian", "references", "comment",
                                       "destinations", "covers",   "questions",  "rows",
                                       "review_by",    NULL };
  g_auto (GStrv) comment = NULL;
  JsonObject *object = imp_json_object (root, "pack", error);
  int format = 0;

  if (object == NULL || !imp_json_only (object, "pack", KNOWN, error)
      || !imp_json_number (object, "pack", "format", 1, &format, error))
    return FALSE;
  if (format != 1)
    return wrong ("pack.format", "a newer program is needed for this pack", error);
  if (!imp_json_text (object, "pack", "id", TRUE, &self->id, error)
      || !imp_json_text (object, "pack", "version", TRUE, &self->version, error)
      || !imp_json_text (object, "pack", "title", TRUE, &self->title, error)
      || !imp_json_text (object, "pack", "summary", TRUE, &self->summary, error)
      || !imp_json_text (object, "pack", "guardian", FALSE, &self->guardian, error)
      || !read_review (self, object, error)
      || !imp_json_texts (object, "pack", "comment", FALSE, &comment, error)
      || !imp_json_texts (object, "pack", "destinations", TRUE, &self->destinations, error)
      || !all_known (self->destinations, DESTINATIONS, "pack", "destinations", error)
      || !read_covers (self, json_object_get_member (object, "covers"), error)
      || !read_list (self, object, "references", read_reference, error)
      || !read_list (self, object, "questions", read_question, error)
      || !read_list (self, object, "rows", read_row, error))
    return FALSE;
  g_ptr_array_sort (self->rows, compare_rows);
  return TRUE;
}
