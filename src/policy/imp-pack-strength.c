/* Whether a pack asks less than the floor, tried out case by case: the floor holds in any event,
 * but a pack that says yes where the program says no was not meant for it, or not well meant. */
#include "imp-evaluation-private.h"

#include <glib/gi18n.h>

static const char *const ROUTES[] = { "anonymised", "consent" };

/* One case at the desk with nothing against it. */
typedef struct
{
  GHashTable *answers;
  ImpPolicyFacts facts;
} Probe;

typedef void (*Spoil) (Probe *probe, const char *key, const char *value);

static void
set_answer (Probe *probe, const char *key, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (probe->answers, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (probe->answers, key);
}

static void
object (Probe *probe, const char *key, const char *value)
{
  probe->facts.person_objects = TRUE;
}
static void
refuse_use (Probe *probe, const char *key, const char *value)
{
  probe->facts.refusal_covers = TRUE;
}
static void
set_flag (Probe *probe, const char *key, const char *value)
{
  probe->facts.dicom_consent_flag = value;
}
static void
set_state (Probe *probe, const char *key, const char *value)
{
  probe->facts.has_permission = TRUE;
  probe->facts.permission_state = value;
}
static void
take_evidence (Probe *probe, const char *key, const char *value)
{
  probe->facts.permission_has_evidence = FALSE;
}
static void
start_later (Probe *probe, const char *key, const char *value)
{
  probe->facts.permission_started = FALSE;
}
static void
set_level (Probe *probe, const char *key, const char *value)
{
  probe->facts.permission_level = value;
}
static void
set_giver (Probe *probe, const char *key, const char *value)
{
  probe->facts.permission_given_by = value;
}
static void
show_identity (Probe *probe, const char *key, const char *value)
{
  probe->facts.permission_identifiable = FALSE;
  set_answer (probe, key, value);
}
static void
forget_person (Probe *probe, const char *key, const char *value)
{
  probe->facts.person_age = -1;
  probe->facts.record_deceased = NULL;
  probe->facts.record_lacks_capacity = NULL;
  set_answer (probe, key, value);
}
static void
add_overlay (Probe *probe, const char *key, const char *value)
{
  probe->facts.n_overlays = 1;
  set_answer (probe, key, value);
}
static void
differ_in_number (Probe *probe, const char *key, const char *value)
{
  probe->facts.number_differs = TRUE;
  set_answer (probe, key, value);
}

/* What the floor refuses and a pack can speak of. What the packs that ship leave to the floor (an
 * answer of no to having looked, say) is not here. */
static const struct
{
  const char *route;       /* nullable: both */
  const char *destination; /* nullable: every one */
  Spoil spoil;
  const char *key;   /* nullable */
  const char *value; /* nullable */
  const char *what;  /* it lets out … */
} CASES[] = {
  { NULL, NULL, object, NULL, NULL, N_ ("a picture of somebody who has said no") },
  { NULL, NULL, refuse_use, NULL, NULL, N_ ("a picture whose use was refused or taken back") },
  { NULL, NULL, set_state, NULL, "withdrawn", N_ ("a picture after its permission was withdrawn") },
  { NULL, NULL, set_flag, NULL, "NO", N_ ("a file that says that the person does not consent") },
  { NULL, NULL, set_flag, NULL, "WITHDRAWN", N_ ("a file that says that consent was withdrawn") },
  { NULL, NULL, set_answer, "looked-at-all", NULL, N_ ("a picture that nobody looked at") },
  { NULL, NULL, set_answer, "why-share", NULL, N_ ("a picture without a purpose") },
  { NULL, NULL, set_answer, "why-share", "15 characters?",
    N_ ("a picture with a purpose of less than 15 characters") },
  { NULL, NULL, add_overlay, "overlays-accounted", NULL, N_ ("overlays that nobody looked at") },
  { NULL, "social-media", set_answer, "local-policy-reference", NULL,
    N_ ("a picture to social media where the site has no policy for it") },
  { "anonymised", NULL, set_answer, "face-or-mark", "yes", N_ ("a face without a permission") },
  { "anonymised", NULL, set_answer, "face-or-mark", "not-sure",
    N_ ("what may be a face, without a permission") },
  { "anonymised", NULL, set_answer, "other-people", "yes", N_ ("other people without theirs") },
  { "anonymised", NULL, set_answer, "head-3d", "yes",
    N_ ("a head that a face can be rebuilt from, without a permission") },
  { "anonymised", NULL, set_answer, "would-be-recognised", "yes",
    N_ ("a picture in which somebody would be recognised, without a permission") },
  { "anonymised", NULL, set_answer, "would-be-recognised", NULL,
    N_ ("a picture without a permission, though nobody asked who would recognise it") },
  { "anonymised", NULL, set_answer, "single-out", "yes",
    N_ ("a picture by which a person can be picked out, without a permission") },
  { "anonymised", NULL, set_answer, "linkable", "yes",
    N_ ("a picture that can be matched with a person, without a permission") },
  { "anonymised", NULL, set_answer, "inference", "yes",
    N_ ("a picture that tells something new about a person, without a permission") },
  { "consent", NULL, set_state, NULL, "refused",
    N_ ("a picture on a permission that was refused") },
  { "consent", NULL, set_state, NULL, "expired",
    N_ ("a picture on a permission that has run out") },
  { "consent", NULL, set_state, NULL, "draft", N_ ("a picture on a permission not yet given") },
  { "consent", NULL, set_state, NULL, "offered", N_ ("a picture on a permission not yet given") },
  { "consent", NULL, set_state, NULL, "suspended", N_ ("a picture on a suspended permission") },
  { "consent", NULL, set_state, NULL, "superseded", N_ ("a picture on a replaced permission") },
  { "consent", NULL, set_state, NULL, "entered-in-error", N_ ("a picture on a mistaken entry") },
  { "consent", NULL, take_evidence, NULL, NULL, N_ ("a picture on a permission without evidence") },
  { "consent", NULL, start_later, NULL, NULL, N_ ("a picture before its permission begins") },
  { "consent", NULL, set_level, NULL, "record-only",
    N_ ("a picture on a permission for the record only") },
  { "consent", NULL, set_giver, NULL, "none", N_ ("a picture on a permission that nobody gave") },
  { "consent", NULL, set_giver, NULL, "relative",
    N_ ("a picture of somebody living on a relative's word") },
  { "consent", NULL, show_identity, "face-or-mark", "yes",
    N_ ("a face on a permission that does not allow it") },
  { "consent", NULL, show_identity, "would-be-recognised", "yes",
    N_ ("a person who would be recognised, on a permission that does not allow it") },
  { "consent", NULL, show_identity, "other-people", "yes",
    N_ ("other people on a permission that does not allow it") },
  { "consent", NULL, show_identity, "face-or-mark", NULL,
    N_ ("what may be a face, on a permission that does not allow one, though nobody was asked") },
  { "consent", NULL, show_identity, "other-people", NULL,
    N_ ("a picture on a permission, though nobody asked who else is in it") },
  { "consent", NULL, show_identity, "would-be-recognised", NULL,
    N_ ("a picture on a permission, though nobody asked who would recognise it") },
  { "consent", NULL, forget_person, "child", NULL,
    N_ ("a picture on a permission, though nobody asked whether it is of a child") },
  { "consent", NULL, forget_person, "deceased", NULL,
    N_ ("a picture on a permission, though nobody asked whether the person has died") },
  { "consent", NULL, forget_person, "lacks-capacity", NULL,
    N_ ("a picture on a permission, though nobody asked whether the person can decide") },
  { "consent", NULL, differ_in_number, "same-person", NULL,
    N_ ("a file with another patient's number") },
};

/* A level that this pack lets cover @destination, by name where it may. */
static const char *
covering_level (ImpPack *pack, const char *destination)
{
  static const char *const LEVELS[] = {
    "teaching-closed", "publication-named",    "social-media",
    "research-study",  "publication-open-web", "research-area"
  };

  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++)
    if (imp_pack_covers (pack, LEVELS[i], destination) != NULL)
      return LEVELS[i];
  return NULL;
}

static void
probe_init (Probe *probe, ImpPack *pack, const char *route, const char *destination)
{
  g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, route, destination);

  probe->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      g_autofree char *text = g_strnfill ((gsize)MAX (question->min_length, 20), 'x');

      set_answer (probe, question->key, question->clears != NULL ? question->clears : text);
    }
  probe->facts = (ImpPolicyFacts){
    .route = route,
    .destination = destination,
    .answers = probe->answers,
    .person_known = TRUE,
    .person_age = 40,
    .person_age_when_given = 40,
    .looked_at_frame = TRUE,
    .record_deceased = "no",
    .record_lacks_capacity = "no",
    .permission_scope = g_hash_table_lookup (probe->answers, "destination-name"),
    .permission_state = "active",
    .permission_is_persons = TRUE,
    .permission_started = TRUE,
    .permission_has_evidence = TRUE,
    .permission_identifiable = TRUE,
    .permission_given_by = "patient",
    .permission_capacity = "presumed",
    .permission_given_in_life = TRUE,
  };
  if (g_str_equal (route, "consent"))
    {
      probe->facts.has_permission = TRUE;
      probe->facts.permission_level = covering_level (pack, destination);
    }
}

/* The row that a yes rests on, for the message. */
static const ImpPackRow *
find_basis (ImpPack *pack, const ImpVerdict *verdict)
{
  for (guint i = 0; i < pack->rows->len; i++)
    {
      const ImpPackRow *row = g_ptr_array_index (pack->rows, i);
      g_autofree char *name = g_strdup_printf ("row-%u", row->number);

      if (row->basis && g_ptr_array_find_with_equal_func (verdict->rules, name, g_str_equal, NULL))
        return row;
    }
  return NULL;
}

static char *
complain (ImpPack *pack, const ImpVerdict *verdict, const Probe *probe, const char *what)
{
  const ImpPackRow *row = find_basis (pack, verdict);

  return g_strdup_printf (_ ("line %u: row %u (%s, %s) would let out %s, which is never allowed"),
                          imp_json_map_find_line (pack->map, row->place), row->number,
                          probe->facts.route, probe->facts.destination, what);
}

/* Returns: (nullable): what is wrong, where the pack alone would not refuse. */
static char *
try_case (ImpPack *pack, const char *route, const char *destination, Spoil spoil, const char *key,
          const char *value, const char *what)
{
  Probe probe = { 0 };
  g_autoptr (ImpVerdict) verdict = NULL;
  char *wrong = NULL;

  probe_init (&probe, pack, route, destination);
  spoil (&probe, key, value);
  verdict = imp_policy_evaluate_rows (pack, &probe.facts);
  if (verdict->outcome < IMP_OUTCOME_REFUSE)
    wrong = complain (pack, verdict, &probe, what);
  g_hash_table_unref (probe.answers);
  return wrong;
}

static void
leave_alone (Probe *probe, const char *key, const char *value)
{
}
static void
photograph (Probe *probe, const char *key, const char *value)
{
  set_answer (probe, "image-kind", "photograph");
  set_answer (probe, "untraceable", "yes");
}

/* Policy.md 2.4: row 13's exception, and anonymised pictures on social media, only where the site
 * has named its Caldicott Guardian. */
static void
check_guardian (ImpPack *pack, GStrvBuilder *builder)
{
  const char *const *destinations = (const char *const *)pack->destinations;

  if (pack->guardian != NULL)
    return;
  if (g_strv_contains (destinations, "social-media"))
    {
      g_autofree char *wrong =
          try_case (pack, "anonymised", "social-media", leave_alone, NULL, NULL,
                    _ ("a picture without a permission to social media though the pack names no "
                       "Caldicott Guardian"));

      if (wrong != NULL)
        g_strv_builder_add (builder, wrong);
    }
  if (g_strv_contains (destinations, "publication"))
    {
      g_autofree char *wrong =
          try_case (pack, "anonymised", "publication", photograph, NULL, NULL,
                    _ ("a photograph without a permission to publication though the pack names no "
                       "Caldicott Guardian"));

      if (wrong != NULL)
        g_strv_builder_add (builder, wrong);
    }
}

/**
 * imp_pack_find_weaknesses:
 * @self: a pack
 *
 * Tries every use of @self with everything that the floor refuses and a pack can speak of, and
 * looks what the pack alone would say. Only a site's own packs need it: it tells their author what
 * the program will refuse all the same.
 *
 * Returns: (transfer full): a sentence for each kind of thing that the pack would let out, with the
 *   line of the row, %NULL-terminated; none where it is at least as strict as the floor
 */
char **
imp_pack_find_weaknesses (ImpPack *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *wrong = NULL;

      for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
        for (char **to = self->destinations; *to != NULL; to++)
          if (wrong == NULL && (CASES[i].route == NULL || g_str_equal (CASES[i].route, ROUTES[r]))
              && (CASES[i].destination == NULL || g_str_equal (CASES[i].destination, *to)))
            wrong = try_case (self, ROUTES[r], *to, CASES[i].spoil, CASES[i].key, CASES[i].value,
                              _ (CASES[i].what));
      if (wrong != NULL)
        g_strv_builder_add (builder, wrong);
    }
  check_guardian (self, builder);
  return g_strv_builder_end (builder);
}
