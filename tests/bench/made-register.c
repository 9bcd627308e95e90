#include "made-register.h"

/* Names are put together from syllables: 64,000 family names, 5,760 given ones. How often each is
 * met follows its rank as in a real population: the first family name is had by about one in 60,
 * half of them by one or two people each. */
static const char ONSETS[] =
    "b br c ch cl d dr f fl g gr h j k l m n p pr r s sh sk sm st str t th "
    "tr w wh wr v y bl cr gl kn ph sw";
static const char NUCLEI[] =
    "a ar al an am e er el en em i ir il in im o or ol on om u ur ul un um "
    "ai ea ee oa ou ay ey ow aw ill ack ing orn art end";
static const char ENDINGS[] = "ton son man ley field ford ham by well wood worth s er ett ock ing "
                              "bury combe dale den don gate hurst land low more ney ridge sey shaw "
                              "stead stone thwaite wick bridge burn ell is ard ot";
static const char GIVEN_ENDINGS[] = "a ie ah en an ia in ert ard y el eth";

/* Numbers that look drawn by lot and are the same every time: from 0 to 1. */
#define LOT(i, factor) "(((" i " + 17) * " factor ") % 4294967296 / 4294967296.0)"

static const char TABLES[] =
    "CREATE TEMP TABLE syllable (kind TEXT, n INTEGER, text TEXT, PRIMARY KEY (kind, n));"
    "CREATE TEMP TABLE family (n INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TEMP TABLE given (n INTEGER PRIMARY KEY, name TEXT);";

static const char FAMILIES[] =
    "WITH RECURSIVE i (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 63999), "
    "m AS (SELECT n, n * 7919 % 64000 AS m FROM i) INSERT INTO family "
    "SELECT m.n, upper (a.text || b.text || c.text) FROM m "
    "JOIN syllable AS a ON a.kind = 'onset' AND a.n = m % 40 "
    "JOIN syllable AS b ON b.kind = 'nucleus' AND b.n = m / 40 % 40 "
    "JOIN syllable AS c ON c.kind = 'ending' AND c.n = m / 1600";

static const char GIVENS[] =
    "WITH RECURSIVE i (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 5759), "
    "m AS (SELECT n, n * 7919 % 5760 AS m FROM i) INSERT INTO given "
    "SELECT m.n, upper (a.text || b.text || c.text) FROM m "
    "JOIN syllable AS a ON a.kind = 'onset' AND a.n = m % 40 "
    "JOIN syllable AS b ON b.kind = 'nucleus' AND b.n = m / 40 % 12 "
    "JOIN syllable AS c ON c.kind = 'given' AND c.n = m / 480";

/* The rank of a name is the fourth power of a lot: a frequency of rank to the power of -3/4. */
static const char PEOPLE[] =
    "WITH RECURSIVE i (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?1), "
    "l AS (SELECT n, " LOT ("n", "2654435761") " AS f, " LOT ("n", "1597334677") " AS g, " LOT (
        "n",
        "3812015801") " AS d FROM i) "
                      "INSERT INTO person (id, hospital_number, number_folded, name, name_folded, "
                      "born, created) "
                      "SELECT printf ('%020d', l.n), printf ('H%07d', l.n), printf ('h%07d', l.n), "
                      "family.name || '^' || given.name, lower (family.name || ' ' || given.name), "
                      "date ('now', printf ('-%d days', 30 + CAST (d * 33000 AS INTEGER))), "
                      "strftime ('%Y-%m-%dT%H:%M:%fZ', 'now', printf ('-%d seconds', (?1 - l.n) * "
                      "378432000 / ?1)) "
                      "FROM l JOIN family ON family.n = CAST (f * f * f * f * 64000 AS INTEGER) "
                      "JOIN given ON given.n = CAST (g * g * g * g * 5760 AS INTEGER)";

static const char ALIASES[] =
    "INSERT INTO person_alias (id, person_id, name, name_folded, kind, created) "
    "SELECT 'a' || substr (person.id, 2), person.id, family.name, lower (family.name), 'former', "
    "person.created FROM person JOIN family "
    "ON family.n = (CAST (person.id AS INTEGER) * 7 + 11) % 64000 "
    "WHERE CAST (person.id AS INTEGER) % 20 = 3";

static const char SCHEME[] = "INSERT INTO identifier_scheme (name, title) "
                             "VALUES ('clinic', 'Number of the clinic')";

static const char IDENTIFIERS[] =
    "INSERT INTO person_identifier (scheme, value_folded, person_id, value, created) "
    "SELECT 'clinic', 'c' || (CAST (id AS INTEGER) * 3), id, 'C' || (CAST (id AS INTEGER) * 3), "
    "created "
    "FROM person WHERE CAST (id AS INTEGER) % 5 = 1";

/* Ten for three people. A child's is given by the parents; one in 25 has nothing to show for it;
 * one in ten was offered before it was answered. */
static const char PERMISSIONS[] =
    "WITH RECURSIVE i (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?1 * 10 / 3), "
    "l AS (SELECT n, printf ('%020d', CAST (" LOT (
        "n", "2246822519") " * ?1 AS INTEGER)) AS who, "
                           "CAST (" LOT (
                               "n",
                               "3266489917") " * 3000 AS INTEGER) AS days FROM i) "
                                             "INSERT INTO permission (id, person_id, level, "
                                             "scope, identifiable, given_by, giver_note, "
                                             "capacity, evidence, evidence_reference, given, "
                                             "expires, state, created) "
                                             "SELECT printf ('p%019d', n), who, "
                                             "CASE n % 4 WHEN 0 THEN 'publication-open-web' "
                                             "WHEN 1 THEN 'social-media' "
                                             "ELSE 'teaching-closed' END, CASE n % 4 WHEN 1 "
                                             "THEN 'Example Network' END, 0, "
                                             "iif (born > date ('now', '-16 years'), "
                                             "'parental-responsibility', 'patient'), "
                                             "iif (born > date ('now', '-16 years'), "
                                             "'parent', NULL), 'presumed', "
                                             "iif (n % 25 = 7, NULL, 'signed-paper'), iif (n "
                                             "% 25 = 7, NULL, 'folder ' || n % 900), "
                                             "date ('now', printf ('-%d days', days)), "
                                             "iif (n % 2, date ('now', printf ('%+d days', "
                                             "730 - days)), NULL), "
                                             "CASE WHEN n % 20 = 9 THEN 'refused' WHEN n % 10 = 4 "
                                             "THEN 'offered' ELSE 'active' END, "
                                             "strftime ('%Y-%m-%dT%H:%M:%fZ', 'now', printf "
                                             "('-%d days', days)) "
                                             "FROM l JOIN person ON person.id = who";

static const char ANSWERS[] = "UPDATE permission SET state = 'active' WHERE state = 'offered'";

/* Two rows of the ledger for each of one export to ten permissions, in a chain whose hashes are not
 * computed: what looks for copies does not read them. */
static const char EXPORTS[] =
    "WITH RECURSIVE i (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?1 * 2 / 3) "
    "INSERT INTO ledger (seq, id, export_id, at, kind, body, previous, hash) "
    "SELECT n + 1, printf ('l%019d', n), printf ('e%019d', n / 2), "
    "strftime ('%Y-%m-%dT%H:%M:%fZ', 'now', printf ('-%d seconds', (?1 - n) * 189216000 / ?1)), "
    "iif (n % 2, 'done', 'intent'), iif (n % 2, '{}', json_object ('person', person_id, "
    "'permission', permission.id, 'route', 'consent', 'destination', "
    "CASE level WHEN 'publication-open-web' THEN 'publication' WHEN 'social-media' "
    "THEN 'social-media' ELSE 'teaching-file' END, 'sha256', printf ('%064x', n))), "
    "printf ('%064x', n), printf ('%064x', n + 1) "
    "FROM i JOIN permission ON permission.id = printf ('p%019d', n / 2 * 10)";

static const char PLACES[] = "UPDATE copy SET place_id = intent_id WHERE rowid % 7 <> 0";

static const char WITHDRAWALS[] =
    "UPDATE permission SET state = 'withdrawn', "
    "withdrawn = strftime ('%Y-%m-%dT%H:%M:%fZ', 'now'), "
    "withdrawn_channel = 'letter' WHERE rowid % 25 = 1 AND state = 'active'";

/* The first user asked for each. */
static const char CASES[] =
    "WITH RECURSIVE i (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < ?1) "
    "INSERT INTO parked_case (id, digest, source_sha256, person_id, request, reason, rules, "
    "parked_by, parked) SELECT printf ('c%019d', n), printf ('%064x', n), printf ('%064x', n), "
    "printf ('%020d', n * 7), json_object ('made', hex (zeroblob (1500))), 'May this go out?', "
    "'row-15', (SELECT id FROM user ORDER BY rowid LIMIT 1), "
    "strftime ('%Y-%m-%dT%H:%M:%fZ', 'now', printf ('-%d minutes', ?1 - n)) FROM i";

static const char DECISIONS[] =
    "UPDATE parked_case SET state = 'approved', decided = parked, "
    "decided_by = (SELECT id FROM user ORDER BY rowid DESC LIMIT 1) WHERE rowid % 20 <> 3";

static gboolean
add_syllables (ImpStore *store, const char *kind, const char *all, GError **error)
{
  g_auto (GStrv) syllables = g_strsplit (all, " ", -1);

  for (gint64 i = 0; syllables[i] != NULL; i++)
    if (!imp_store_run (store, error, "INSERT INTO syllable VALUES (?, ?, ?)",
                        g_variant_new ("(sxs)", kind, i, syllables[i]), NULL))
      return FALSE;
  return TRUE;
}

static gboolean
make_names (ImpStore *store, GError **error)
{
  g_auto (GStrv) tables = g_strsplit (TABLES, ";", -1);

  for (guint i = 0; *tables[i] != '\0'; i++)
    if (!imp_store_run (store, error, tables[i], NULL, NULL))
      return FALSE;
  return add_syllables (store, "onset", ONSETS, error)
         && add_syllables (store, "nucleus", NUCLEI, error)
         && add_syllables (store, "ending", ENDINGS, error)
         && add_syllables (store, "given", GIVEN_ENDINGS, error)
         && imp_store_run (store, error, FAMILIES, NULL, NULL)
         && imp_store_run (store, error, GIVENS, NULL, NULL);
}

/* No withdrawal of people who do not exist has to outlive this file: none goes to the journal. */
static gboolean
fill (ImpStore *store, gint64 n_people, GError **error)
{
  static const char *const STEPS[] = { PEOPLE, PERMISSIONS, EXPORTS };
  static const char *const PLAIN[] = {
    SCHEME, IDENTIFIERS, ALIASES, ANSWERS, PLACES, WITHDRAWALS, "DELETE FROM journal_replaying"
  };

  if (!make_names (store, error)
      || !imp_store_run (store, error, "INSERT INTO journal_replaying VALUES (1)", NULL, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (!imp_store_run (store, error, STEPS[i], g_variant_new ("(x)", n_people), NULL))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (PLAIN); i++)
    if (!imp_store_run (store, error, PLAIN[i], NULL, NULL))
      return FALSE;
  return TRUE;
}

/**
 * made_register_park:
 * @store: a filled register, with two users
 * @n_cases: how many cases there are for a second person; one in 20 waits
 * @error: where to put the error
 *
 * Returns: whether they could be parked
 */
gboolean
made_register_park (ImpStore *store, guint n_cases, GError **error)
{
  if (!imp_store_begin (store, error))
    return FALSE;
  if (imp_store_run (store, error, CASES, g_variant_new ("(x)", (gint64)n_cases), NULL)
      && imp_store_run (store, error, DECISIONS, NULL, NULL))
    return imp_store_commit (store, error);
  imp_store_rollback (store);
  return FALSE;
}

/**
 * made_register_fill:
 * @store: an empty register
 * @n_people: how many people; there are ten permissions for three of them, and an export for ten
 *   permissions
 * @error: where to put the error
 *
 * Returns: whether it could be filled
 */
gboolean
made_register_fill (ImpStore *store, guint n_people, GError **error)
{
  /* Until it is closed: all of what is filled at once is kept in memory. */
  if (!imp_store_run (store, error, "PRAGMA cache_size = -1000000", NULL, NULL)
      || !imp_store_begin (store, error))
    return FALSE;
  if (fill (store, n_people, error))
    return imp_store_commit (store, error);
  imp_store_rollback (store);
  return FALSE;
}
