/* The packs themselves: both parse, they differ where they say so, the permission map is that of
 * policy.md, and a malformed pack is refused with a message that names the place. */
#include "policy-desk.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "imp-error.h"

static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research", "social-media" };

static void
test_parses (gconstpointer id)
{
  g_autoptr (ImpPack) pack = pack_load (id);
  g_autofree char *text = pack_text (id);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  const char *const *destinations = imp_pack_get_destinations (pack);

  g_assert_cmpstr (imp_pack_get_id (pack), ==, id);
  g_assert_cmpstr (imp_pack_get_hash (pack), ==, hash);
  g_assert_cmpuint (strlen (imp_pack_get_title (pack)), >, 10);
  g_assert_cmpuint (strlen (imp_pack_get_version (pack)), >, 3);
  for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
    g_assert_cmpstr (destinations[i], ==, DESTINATIONS[i]);
  g_assert_null (destinations[G_N_ELEMENTS (DESTINATIONS)]);
}

static JsonNode *
pack_json (const char *id)
{
  g_autofree char *text = pack_text (id);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* One source of truth for what both share: only the header and row 15 may differ. */
static void
test_difference (void)
{
  static const char *const MAY_DIFFER[] = { "id", "title", "summary", NULL };
  g_autoptr (JsonNode) strict = pack_json ("uk-strict");
  g_autoptr (JsonNode) standard = pack_json ("uk-standard");
  JsonObject *a = json_node_get_object (strict);
  JsonObject *b = json_node_get_object (standard);
  g_autoptr (GList) members = json_object_get_members (a);
  JsonArray *rows = json_object_get_array_member (a, "rows");
  JsonArray *others = json_object_get_array_member (b, "rows");

  g_assert_cmpuint (json_object_get_size (a), ==, json_object_get_size (b));
  for (GList *l = members; l != NULL; l = l->next)
    {
      gboolean same = json_node_equal (json_object_get_member (a, l->data),
                                       json_object_get_member (b, l->data));

      g_assert_cmpint (same, ==,
                       !g_strv_contains (MAY_DIFFER, l->data) && !g_str_equal (l->data, "rows"));
    }
  g_assert_cmpuint (json_array_get_length (rows), ==, 32);
  g_assert_cmpuint (json_array_get_length (others), ==, 32);
  for (guint i = 0; i < 32; i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_assert_cmpint (json_object_get_int_member (row, "row"), ==, i + 1);
      g_assert_cmpint (
          json_node_equal (json_array_get_element (rows, i), json_array_get_element (others, i)),
          ==, i + 1 != 15);
    }
}

/* Every sentence that a radiographer may read is there, and is one. */
static void
test_sentences (void)
{
  g_autoptr (JsonNode) node = pack_json ("uk-standard");
  JsonArray *rows = json_object_get_array_member (json_node_get_object (node), "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonArray *cases =
          json_object_get_array_member (json_array_get_object_element (rows, i), "cases");

      for (guint j = 0; j < json_array_get_length (cases); j++)
        {
          JsonObject *part = json_array_get_object_element (cases, j);
          const char *texts[] = { json_object_get_string_member (part, "reason"),
                                  json_object_get_string_member (part, "lift") };

          for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
            {
              g_assert_true (g_ascii_isupper (texts[k][0]));
              g_assert_true (g_str_has_suffix (texts[k], "."));
              g_assert_cmpuint (strlen (texts[k]), >, 15);
            }
        }
    }
}

/* The map of policy.md 2.4, row by row: y covers, n covers the named one, a covers the area. */
static const struct
{
  const char *level;
  const char *covers;
} MAP[] = {
  { "record-only", "-----" },       { "teaching-closed", "yy---" },
  { "publication-named", "--n--" }, { "publication-open-web", "yyy--" },
  { "social-media", "----n" },      { "research-study", "---n-" },
  { "research-area", "---a-" },     { "everything", "-----" },
};

static gboolean
covers (const char *level, const char *destination, const char *scope, const char *name)
{
  g_autoptr (Desk) desk = desk_new ("consent", destination);
  g_autoptr (ImpVerdict) verdict = NULL;

  if (g_hash_table_contains (desk->answers, "destination-name"))
    desk_answer (desk, "destination-name", name);
  desk->facts.permission_level = level;
  desk->facts.permission_scope = scope;
  verdict = desk_decide (desk);
  g_assert_cmpint (verdict->allowed, ==, !verdict_has_rule (verdict, "row-3"));
  return verdict->allowed;
}

static void
test_map (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (MAP); i++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      {
        char how = MAP[i].covers[d];
        const char *level = MAP[i].level;

        g_assert_cmpint (covers (level, DESTINATIONS[d], "Example Name", "Example Name"), ==,
                         how != '-');
        g_assert_cmpint (covers (level, DESTINATIONS[d], "Example Name", "Other Name"), ==,
                         how == 'y' || how == 'a');
        g_assert_cmpint (covers (level, DESTINATIONS[d], NULL, "Example Name"), ==, how == 'y');
        g_assert_cmpint (covers (level, DESTINATIONS[d], "Example Name", " EXAMPLE  name "), ==,
                         how != '-');
        g_assert_cmpint (covers (level, DESTINATIONS[d], "Examplé Name", "EXAMPLÉ NAME"), ==,
                         how != '-');
        g_assert_cmpint (covers (level, DESTINATIONS[d], " ", "Example Name"), ==, how == 'y');
      }
}

/* What a "no" speaks against, read off the same map; a no to the record itself is a no to all, and
 * a no to the open web is none to teaching in the house. */
static const struct
{
  const char *level;
  const char *speaks_against;
} NOES[] = {
  { "record-only", "yyyyy" },       { "teaching-closed", "yy---" },
  { "publication-named", "--y--" }, { "publication-open-web", "--y-y" },
  { "social-media", "----y" },      { "research-study", "---y-" },
  { "research-area", "---y-" },     { "everything", "-----" },
};

static void
test_refusal_covers (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  for (guint i = 0; i < G_N_ELEMENTS (NOES); i++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      g_assert_cmpint (imp_pack_refusal_covers (pack, NOES[i].level, DESTINATIONS[d]), ==,
                       NOES[i].speaks_against[d] == 'y');
  g_assert_false (imp_pack_refusal_covers (pack, NULL, "publication"));
  g_assert_false (imp_pack_refusal_covers (pack, "social-media", NULL));
}

/* Level and name of the no, level of the yes, name of the use. */
static const struct
{
  const char *no;
  const char *scope;
  const char *yes;
  const char *destination;
  const char *name;
  gboolean stops;
} STOPS[] = {
  { "research-study", "Lung", "research-study", "research", "lung ", TRUE },
  { "research-study", "Heart", "research-study", "research", "Lung", FALSE },
  { "research-study", NULL, "research-study", "research", "Lung", TRUE },
  { "research-study", " ", "research-area", "research", "Lung", TRUE },
  { "research-area", "Chest", "research-area", "research", "Lung", TRUE },
  { "research-area", "Chest", "research-study", "research", "Lung", FALSE },
  { "research-area", NULL, "research-study", "research", "Lung", TRUE },
  { "social-media", NULL, "social-media", "social-media", "A platform", TRUE },
  { "social-media", NULL, "publication-named", "publication", "A journal", FALSE },
  { "publication-named", NULL, "publication-open-web", "publication", "A journal", TRUE },
  { "publication-open-web", NULL, "publication-named", "publication", "A journal", FALSE },
  { "teaching-closed", NULL, "publication-open-web", "teaching-file", "A file", FALSE },
  { "teaching-closed", NULL, "teaching-closed", "teaching-file", "A file", TRUE },
};

static void
test_refusal_stops (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  for (guint i = 0; i < G_N_ELEMENTS (STOPS); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (imp_pack_refusal_stops (pack, STOPS[i].no, STOPS[i].scope, STOPS[i].yes,
                                               STOPS[i].destination, STOPS[i].name),
                       ==, STOPS[i].stops);
    }
}

static void
test_name_twice (void)
{
  g_autoptr (Desk) desk = desk_new ("consent", "publication");
  g_autoptr (ImpVerdict) verdict = NULL;

  desk->facts.destination_name = "Another example of a name";
  verdict = desk_decide (desk);
  g_assert_true (verdict_has_rule (verdict, "row-3"));
  g_assert_false (verdict->allowed);
}

static const struct
{
  const char *from;
  const char *to;
  const char *says; /* what the message must name */
} MALFORMED[] = {
  { "\"format\": 1,", "", "pack.format" },
  { "\"format\": 1", "\"format\": 2", "newer" },
  { "\"format\": 1", "\"format\": \"1\"", "pack.format" },
  { "\"id\": \"uk-strict\",", "", "pack.id" },
  { "\"title\":", "\"titel\":", "titel" },
  { "\"version\": \"2026-11-3\"", "\"version\": 20261102", "pack.version" },
  { "\"guardian\": null", "\"guardian\": true", "pack.guardian" },
  { "\"guardian\": null", "\"guardian\": null, \"guardian\": \"x\"", "guardian" },
  { "\"research\": \"area\"", "\"research\": \"always\"", "research-area" },
  { "\"research\": \"area\"", "\"reserch\": \"area\"", "reserch" },
  { "\"key\": \"unusual\"", "\"key\": \"deceased\"", "twice" },
  { "\"key\": \"unusual\"", "\"key\": 7", "key" },
  { "\"key\": \"unusual\"", "\"key\": \"rare\"", "unusual" }, /* a row without a question */
  { "\"answer\": \"head-3d\"", "\"answer\": \"head-4d\"", "head-4d" },
  { "\"allowed\": [\"yes\", \"no\", \"not-sure\"]",
    "\"allowed\": [\"yes\", \"no\", \"not-sure\", \"unsure\"]", ".allowed" },
  { "\"answer\": \"head-3d\", \"is\": \"yes\"", "\"answer\": \"head-3d\"", "when" },
  { "\"answer\": \"head-3d\", \"is\": \"yes\"", "\"answer\": \"head-3d\", \"is\": \"maybe\"",
    "maybe" },
  { "\"answer\": \"head-3d\", \"is\": \"yes\"", "\"answer\": \"head-3d\", \"is\": []", "when" },
  { "\"answer\": \"head-3d\", \"is\": \"yes\"", "\"answer\": \"head-3d\", \"is\": true", "when" },
  { "{\"fact\": \"objection\"}", "{\"fact\": \"objections\"}", "rows[0].cases[0].when" },
  { "{\"fact\": \"objection\"}", "{\"facts\": \"objection\"}", "rows[0].cases[0].when" },
  { "{\"fact\": \"objection\"}", "{\"fact\": true}", "rows[0].cases[0].when" },
  { "{\"fact\": \"objection\"}", "{\"always\": false}", "rows[0].cases[0].when" },
  { "{\"fact\": \"objection\"}", "{\"all\": []}", "rows[0].cases[0].when.all" },
  { "{\"fact\": \"objection\"}", "{\"any\": {\"fact\": \"objection\"}}", "when.any" },
  { "{\"fact\": \"objection\"}", "{\"not\": 3}", "when.not" },
  { "{\"fact\": \"objection\"}", "{\"fact\": \"objection\", \"not\": {\"fact\": \"child\"}}",
    "rows[0].cases[0].when" },
  { "{\"fact\": \"objection\"}", "\"objection\"", "rows[0].cases[0].when" },
  { "\"row\": 7,", "\"row\": 6,", "rows[6]" },
  { "\"row\": 7,", "", "rows[6].row" },
  { "\"row\": 7,", "\"row\": 7.5,", "rows[6].row" },
  { "\"row\": 31,", "\"row\": 33,", "row 33" },
  { "\"outcome\": \"second-person\"", "\"outcome\": \"perhaps\"", "perhaps" },
  { "\"outcome\": \"second-person\"", "\"outcome\": \"confirm\"", "which answers confirm" },
  { "\"confirm\": [\"confirmation-reason\"]", "\"confirm\": []", "confirm" },
  { "\"confirm\": [\"confirmation-reason\"]", "\"confirm\": [\"good-reason\"]", "good-reason" },
  { "\"confirm\": [\"confirmation-reason\"]", "\"confirm\": [\"saw-final-version\"]",
    "saw-final-version" }, /* asked, but not of this use */
  { "\"lift\": \"Give the ethics reference.\"", "\"lift\": \"\"", "lift" },
  { "\"lift\": \"Give the ethics reference.\"", "\"help\": \"x\"", "help" },
  { "\"routes\": [\"anonymised\"]", "\"routes\": [\"anonymous\"]", "anonymous" },
  { "\"routes\": [\"anonymised\"]", "\"routes\": []", "routes" },
  { "\"routes\": [\"anonymised\"]", "\"routes\": \"anonymised\"", "routes" },
  { "\"destinations\": [\"research\"]", "\"destinations\": [\"the-pub\"]", "the-pub" },
  { "\"destinations\": [\"research\"]", "\"destinations\": [\"research\", \"research\"]", "twice" },
  { "\"clears\": \"x-ray\"", "\"clears\": \"drawing\"", "drawing" },
  { "\"clears\": \"x-ray\",", "", "clears" },
  { "\"clears\": \"x-ray\"", "\"clears\": \"x-ray\", \"min_length\": 3", "min_length" },
  { "\"min_length\": 15", "\"min_length\": 0", "min_length" },
  { "\"min_length\": 15", "\"min_length\": \"15\"", "min_length" },
  { "\"min_length\": 15", "\"min_length\": 15, \"clears\": \"x\"", "neither" },
  { "\"type\": \"text\"", "\"type\": \"number\"", "number" },
  { "\"scope\": \"pixels\"", "\"scope\": \"picture\"", "picture" },
  { "\"page\": \"cover\"", "\"page\": \"back\"", "back" },
  { "\"required\": true", "\"required\": \"true\"", "required" },
  { "\"required\": true", "\"required\": false", "needed_when" },
  { "\"rows\": [\"row-6\"]", "\"rows\": [\"row-6\", \"row-66\"]", "row-66" },
  { "\"rows\": [\"row-6\"]", "\"rows\": [\"row-5\"]", "does not list" },
  { "\"rows\": [\"row-6\"]", "\"rows\": [6]", "rows" },
  { "\"use\":", "\"uses\":", "uses" },
  { "\"required\": true", "\"required\": true, \"needed_when\": \"later\"", "always needed" },
  { "{\"fact\": \"number-differs\"}", "{\"fact\": \"number-is-odd\"}", "questions[0].needed" },
  { "\"min_length\": 2,", "\"min_length\": 2, \"insist\": {\"rule\": \"article-1\"},",
    "only a choice" },
  { "\"answer\": \"untraceable\", \"is\": \"yes\"",
    "\"answer\": \"untraceable\", \"is\": \"perhaps\"", "perhaps" },
  { "\"rule\": \"article-7\",", "", "insist.rule" },
  { "\"questions\": [", "\"questions\": 3, \"more\": [", "more" },
  { "\"destinations\": [\"internal-meeting\", \"teaching-file\", \"publication\", \"research\", "
    "\"social-media\"],\n  \"covers\"",
    "\"destinations\": [],\n  \"covers\"", "pack.destinations" },
};

static void
test_malformed (void)
{
  g_autofree char *text = pack_text ("uk-strict");

  for (guint i = 0; i < G_N_ELEMENTS (MALFORMED); i++)
    {
      g_autofree char *bad = text_with (text, MALFORMED[i].from, MALFORMED[i].to);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpPack) pack = pack_parse_text (bad, &error);

      g_test_message ("%s -> %s: %s", MALFORMED[i].from, MALFORMED[i].to,
                      error == NULL ? "accepted" : error->message);
      g_assert_null (pack);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, MALFORMED[i].says));
      g_assert_true (g_regex_match_simple ("^The policy pack, line [1-9][0-9]*: ", error->message,
                                           G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
    }
}

static guint
line_of (const char *text, const char *what)
{
  const char *at = strstr (text, what);
  guint line = 1;

  g_assert_nonnull (at);
  g_assert_null (strstr (at + strlen (what), what)); /* or nobody knows which one is meant */
  for (const char *c = text; c < at; c++)
    line += *c == '\n';
  return line;
}

static void
check_line (const char *bad, guint line, const char *says)
{
  g_autofree char *expected = g_strdup_printf ("The policy pack, line %u: ", line);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (bad, &error);

  g_assert_null (pack);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, expected));
  if (says != NULL)
    g_assert_nonnull (strstr (error->message, says));
}

/* The line is that of the value that is wrong; of what is missing, that of what it is missing from;
 * counted here by looking for the text. */
static void
test_lines (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *at; /* stands on the line that is named */
  } WRONG[] = {
    { "\"row\": 7,", "\"row\": \"seven\",", "\"row\": \"seven\"" },
    { "\"research\": \"area\"", "\"research\": \"always\"", "\"research\": \"always\"" },
    { "\"answer\": \"head-3d\"", "\"answer\": \"head-4d\"", "\"row\": 6," },
    { "\"answer\": \"head-3d\", \"is\": \"yes\"", "\"answer\": \"head-3d\", \"is\": \"maybe\"",
      "\"is\": \"maybe\"" },
    { "\"key\": \"unusual\"", "\"key\": 7", "\"key\": 7" },
    { "\"text\": \"Who holds the copyright in this picture?\",", "",
      "\"key\": \"copyright-holder\"" },
    { "\"title\":", "\"titel\":", "\"titel\":" },
    { "{\"fact\": \"objection\"}", "{\"fact\": \"objections\"}", "{\"fact\": \"objections\"}" },
    { "\"review_by\": null", "\"review_by\": \"2027-02-30\"", "2027-02-30" },
  };
  g_autofree char *shipped = pack_text ("uk-strict");
  g_autofree char *text =
      text_with (shipped, "\"guardian\": null,", "\"guardian\": null,\n  \"review_by\": null,");

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autofree char *bad = text_with (text, WRONG[i].from, WRONG[i].to);
      guint line = line_of (bad, WRONG[i].at);

      /* A missing member, or a question that the row's use does not ask: the brace before it. */
      if (g_str_has_prefix (WRONG[i].at, "\"row\": 6,")
          || g_str_has_prefix (WRONG[i].at, "\"key\": \"copy"))
        line--;
      check_line (bad, line, NULL);
    }
}

/* What json-glib alone would take, and what it would count otherwise. */
static void
test_strict_json (void)
{
  static const struct
  {
    const char *text;
    guint line;
    const char *says;
  } TEXTS[] = {
    { "", 1, "nothing" },
    { "{\n\"format\": 1,\n}", 3, "double quotes" },
    { "{\n\"format\": 1\n\"id\": \"x\"}", 3, "comma" },
    { "{\n// a comment\n\"format\": 1}", 2, "double quotes" },
    { "{\n\"format\": /* one */ 1}", 2, "a value" },
    { "{\r\n'format': 1}", 2, "double quotes" },
    { "{\"format\": 1,\n\n\"format\": 2}", 3, "twice" },
    { "{\"format\": 1,\n\"\\u0066ormat\": 2}", 2, "without" },
    { "{\"format\":\n01}", 2, "a value" },
    { "{\"format\":\n+1}", 2, "a value" },
    { "{\"format\":\nTRUE}", 2, "a value" },
    { "{\"format\":\n\"a\tb\"}", 2, "not closed" },
    { "{\"format\":\n\"a\\xb\"}", 2, "no such" },
    { "{\"format\":\n\"\\u12g4\"}", 2, "hexadecimal" },
    { "{\"format\":\n\"a", 2, "not closed" },
    { "{\"format\":\n\n[1, 2", 3, "closing" },
    { "{\"a\":\n1}\n\n{}", 4, "follow" },
    { "{\"a\":\n\"\xff\"}", 2, "UTF-8" },
    { "\xef\xbb\xbf{}", 1, "a value" },
  };
  g_autofree char *deep = g_strnfill (200000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    check_line (TEXTS[i].text, TEXTS[i].line, TEXTS[i].says);
  check_line (deep, 1, "too deep");
}

/* A site may narrow what a permission reaches, never widen it. */
static void
test_reach (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    gboolean good;
  } MAPS[] = {
    { "\"record-only\": {}", "\"record-only\": {\"teaching-file\": \"yes\"}", FALSE },
    { "\"publication\": \"named\"", "\"publication\": \"yes\"", FALSE },
    { "\"social-media\": \"named\"", "\"social-media\": \"yes\"", FALSE },
    { "\"social-media\": \"named\"", "\"social-media\": \"area\"", FALSE },
    { "\"research\": \"area\"", "\"research\": \"yes\"", FALSE },
    { "\"research\": \"area\"", "\"research\": \"named\"", TRUE },
    { "{\"social-media\": \"named\"}", "{}", TRUE },
    { "\"teaching-closed\": {\"internal-meeting\": \"yes\",",
      "\"teaching-closed\": {\"publication\": \"yes\",", FALSE },
    { "\"destinations\": [\"internal-meeting\",", "\"destinations\": [\"closed-group\",", FALSE },
  };
  g_autofree char *text = pack_text ("uk-strict");

  for (guint i = 0; i < G_N_ELEMENTS (MAPS); i++)
    {
      g_autofree char *other = text_with (text, MAPS[i].from, MAPS[i].to);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpPack) pack = pack_parse_text (other, &error);

      g_test_message ("%s: %s", MAPS[i].to, error != NULL ? error->message : "taken");
      g_assert_cmpint (pack != NULL, ==, MAPS[i].good);
    }
}

/* A question that no row uses and that states no use. */
static void
test_idle_question (void)
{
  g_autofree char *text = pack_text ("uk-strict");
  g_autofree char *bad = text_with (
      text, "\"questions\": [",
      "\"questions\": [{\"key\": \"favourite-colour\", \"text\": \"Which colour?\", "
      "\"type\": \"text\", \"scope\": \"use\", \"page\": \"use\", \"routes\": [\"consent\"], "
      "\"destinations\": [\"research\"], \"min_length\": 3, \"required\": true, "
      "\"rows\": [\"row-1\"]},");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (bad, &error);

  g_assert_null (pack);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "favourite-colour"));
  g_assert_nonnull (strstr (error->message, "states no use"));
}

static void
test_not_json (void)
{
  static const char *const TEXTS[] = { "", " ", "{", "[]", "null", "3", "\"pack\"", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpPack) pack = pack_parse_text (TEXTS[i], &error);

      g_assert_null (pack);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

/* Cut off anywhere, a pack is refused, and nothing breaks. */
static void
test_truncated (void)
{
  g_autofree char *text = pack_text ("uk-strict");
  gsize length = strlen (text);

  for (gsize cut = 1; cut < length - 2; cut += 997)
    {
      g_autofree char *part = g_strndup (text, cut);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpPack) pack = pack_parse_text (part, &error);

      g_assert_null (pack);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

static void
test_unknown_use (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");
  g_autoptr (GPtrArray) nothing = imp_pack_get_questions (pack, "consent", "closed-group");
  g_autoptr (GPtrArray) neither = imp_pack_get_questions (pack, NULL, NULL);

  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (neither->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/policy/pack/parses/uk-strict", "uk-strict", test_parses);
  g_test_add_data_func ("/policy/pack/parses/uk-standard", "uk-standard", test_parses);
  g_test_add_func ("/policy/pack/difference", test_difference);
  g_test_add_func ("/policy/pack/sentences", test_sentences);
  g_test_add_func ("/policy/pack/map", test_map);
  g_test_add_func ("/policy/row-01/refusal-covers", test_refusal_covers);
  g_test_add_func ("/policy/row-01/refusal-stops", test_refusal_stops);
  g_test_add_func ("/policy/pack/name-twice", test_name_twice);
  g_test_add_func ("/policy/pack/malformed", test_malformed);
  g_test_add_func ("/policy/pack/lines", test_lines);
  g_test_add_func ("/policy/pack/strict-json", test_strict_json);
  g_test_add_func ("/article/row-27/no-friends-only", test_reach);
  g_test_add_func ("/policy/pack/idle-question", test_idle_question);
  g_test_add_func ("/policy/pack/not-json", test_not_json);
  g_test_add_func ("/policy/pack/truncated", test_truncated);
  g_test_add_func ("/policy/pack/unknown-use", test_unknown_use);
  return g_test_run ();
}
