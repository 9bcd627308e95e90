/* Which policy pack decides: those that ship with the program, and the site's own, which the
 * register keeps byte for byte, so that a department shares them and old receipts find theirs. */
#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-keeping.h"
#include "imp-hash.h"
#include "imp-policy-packs.h"

#define DEFAULT_PACK "uk-strict"
#define PACK_SETTING "policy-pack"
#define MOST_JSON (4 * 1024 * 1024)

static const char *const SHIPPED[] = { "uk-strict", "uk-standard" };

static gboolean
ships (const char *pack_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (SHIPPED); i++)
    if (g_strcmp0 (pack_id, SHIPPED[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_hash (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * _imp_gate_load_pack:
 * @pack_id: (nullable): "uk-strict" or "uk-standard"; %NULL for the default
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the pack that ships with the program, or %NULL with
 *   %IMP_ERROR_NOT_FOUND
 */
ImpPack *
_imp_gate_load_pack (const char *pack_id, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/imprimatur/Imprimatur/policy/%s.json",
                                           pack_id != NULL ? pack_id : DEFAULT_PACK);
  g_autoptr (GBytes) bytes = pack_id == NULL || ships (pack_id)
                                 ? g_resource_lookup_data (imp_policy_packs_get_resource (), path,
                                                           G_RESOURCE_LOOKUP_FLAGS_NONE, NULL)
                                 : NULL;

  if (bytes == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                   _ ("There is no policy pack of that name: uk-strict and uk-standard ship with "
                      "the program, and a site's own are brought in from a file"));
      return NULL;
    }
  return imp_pack_parse (bytes, error);
}

static ImpPack *
load_kept (ImpGate *self, const char *hash, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) json = imp_register_get_pack (self->people, hash, &local_error);
  g_autofree char *its = json != NULL ? imp_hash_bytes (json) : NULL;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (json == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                 _ ("The register has no policy pack of that hash"));
  else if (!g_str_equal (its, hash))
    g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                 _ ("The policy pack in the register is not the one that was kept: restore the "
                    "register, or choose another pack"));
  else
    return imp_pack_parse (json, error);
  return NULL;
}

/**
 * _imp_gate_find_pack:
 * @self: a gate
 * @name: (nullable): the id of a pack that ships with the program, the hash of one that the
 *   register keeps, or the id of a site's own, of which the newest is meant; %NULL for the default
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with %IMP_ERROR_NOT_FOUND, or the errors
 *   of the register and of imp_pack_parse()
 */
ImpPack *
_imp_gate_find_pack (ImpGate *self, const char *name, GError **error)
{
  g_autoptr (GVariant) kept = NULL;
  const char *hash = NULL;

  if (name == NULL || ships (name))
    return _imp_gate_load_pack (name, error);
  if (is_hash (name))
    return load_kept (self, name, error);
  kept = imp_register_list_packs (self->people, name, error);
  if (kept == NULL)
    return NULL;
  if (g_variant_n_children (kept) == 0)
    return _imp_gate_load_pack (name, error);
  g_variant_get_child (kept, 0, "(&s&s&s&s)", &hash, NULL, NULL, NULL);
  return load_kept (self, hash, error);
}

/**
 * _imp_gate_ref_pack:
 * @self: (nullable): a gate
 *
 * Returns: (transfer full): the pack in force; a worker keeps it even if another is chosen
 */
ImpPack *
_imp_gate_ref_pack (ImpGate *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->pack_lock);

  return g_object_ref (self->pack);
}

/* Packs that were in force stay until the gate goes: front ends hold their titles. */
static void
put_in_force (ImpGate *self, const char *choice, ImpPack *pack, const char *problem)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->pack_lock);

  g_ptr_array_add (self->packs, g_object_ref (pack));
  self->pack = pack;
  g_free (self->pack_choice);
  self->pack_choice = g_strdup (choice);
  g_free (self->pack_problem);
  self->pack_problem = g_strdup (problem);
}

static gboolean
is_in_force (ImpGate *self, const char *choice)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->pack_lock);

  return self->pack != NULL && g_strcmp0 (self->pack_choice, choice) == 0;
}

/**
 * _imp_gate_refresh_pack:
 * @self: a gate
 * @error: where to put the error
 *
 * Reads which pack the site has chosen, which somebody else at the same register may have changed,
 * and puts it in force. Where it cannot be read the strict one that ships stands in its place, and
 * _imp_gate_get_pack_problem() says why nothing may leave.
 *
 * Returns: whether the register could be read
 */
gboolean
_imp_gate_refresh_pack (ImpGate *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *choice = imp_register_get_setting (self->people, PACK_SETTING, &local_error);
  g_autoptr (ImpPack) pack = NULL;
  g_autofree char *problem = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (is_in_force (self, choice))
    return TRUE;
  pack = _imp_gate_find_pack (self, choice, &local_error);
  if (pack == NULL)
    {
      problem = g_strdup (local_error->message);
      pack = _imp_gate_load_pack (NULL, error);
    }
  if (pack == NULL)
    return FALSE;
  put_in_force (self, choice, pack, problem);
  return TRUE;
}

/**
 * _imp_gate_get_pack_problem:
 * @self: a gate
 *
 * Returns: (transfer full) (nullable): why the site's own pack cannot be read, so that nothing may
 *   leave until another is chosen
 */
char *
_imp_gate_get_pack_problem (ImpGate *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->pack_lock);

  return g_strdup (self->pack_problem);
}

/**
 * _imp_gate_keep_pack:
 * @self: a gate
 * @pack: a pack that something was decided by
 * @error: where to put the error
 *
 * Returns: whether the register keeps @pack, so that its hash in ledger and receipt can be looked
 * up
 */
gboolean
_imp_gate_keep_pack (ImpGate *self, ImpPack *pack, GError **error)
{
  return imp_register_keep_pack (self->people, imp_pack_get_hash (pack), imp_pack_get_id (pack),
                                 imp_pack_get_version (pack), imp_pack_get_json (pack), error);
}

static gboolean
choose (ImpGate *self, ImpPack *pack, GError **error)
{
  const char *choice =
      ships (imp_pack_get_id (pack)) ? imp_pack_get_id (pack) : imp_pack_get_hash (pack);

  if (!imp_gate_check_right (self, IMP_RIGHT_ADMINISTER, error)
      || !imp_store_begin (self->store, error))
    return FALSE;
  if (!_imp_gate_keep_pack (self, pack, error)
      || !imp_register_set_setting (self->people, PACK_SETTING, choice, error)
      || !imp_store_commit (self->store, error))
    {
      imp_store_rollback (self->store);
      return FALSE;
    }
  put_in_force (self, choice, pack, NULL);
  return TRUE;
}

/* The day by which the policy is to be looked at again: the pack's or the site's own, whichever is
 * earlier. */
static char *
review_by_of (ImpGate *self, ImpPack *pack)
{
  const char *packs = imp_pack_get_review_by (pack);
  g_autofree char *sites =
      self != NULL ? imp_register_get_setting (self->people, "policy-review-by", NULL) : NULL;

  if (sites == NULL || (packs != NULL && strcmp (packs, sites) < 0))
    return g_strdup (packs);
  return g_steal_pointer (&sites);
}

/* A clock that was set back makes no review of the policy look undue. */
static char *
latest_day (ImpGate *self)
{
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;

  if (self != NULL && imp_register_check_clock (self->people, &now, &newest, NULL)
      && newest != NULL)
    return imp_clock_day_of (newest);
  return imp_clock_today ();
}

/**
 * imp_gate_get_review_due:
 * @self: a gate
 *
 * Returns: (transfer full) (nullable): the day, YYYY-MM-DD, by which the policy in force was to be
 *   looked at again, where that is past; else %NULL (article row 17)
 */
char *
imp_gate_get_review_due (ImpGate *self)
{
  g_autofree char *today = latest_day (self);
  g_autoptr (ImpPack) pack = _imp_gate_ref_pack (self);
  g_autofree char *day = review_by_of (self, pack);

  return day != NULL && strcmp (day, today) < 0 ? g_steal_pointer (&day) : NULL;
}

static ImpPackInfo *
info_of (ImpGate *self, ImpPack *pack, const char *added)
{
  g_autofree char *today = latest_day (self);
  g_autoptr (ImpPack) current = self != NULL ? _imp_gate_ref_pack (self) : NULL;
  ImpPackInfo *info = g_new0 (ImpPackInfo, 1);

  info->id = g_strdup (imp_pack_get_id (pack));
  info->version = g_strdup (imp_pack_get_version (pack));
  info->title = g_strdup (imp_pack_get_title (pack));
  info->summary = g_strdup (imp_pack_get_summary (pack));
  info->hash = g_strdup (imp_pack_get_hash (pack));
  info->guardian = g_strdup (imp_pack_get_guardian (pack));
  info->review_by = review_by_of (self, pack);
  info->references = imp_pack_describe_references (pack);
  info->local_policy =
      self != NULL ? imp_register_get_setting (self->people, "local-policy-reference", NULL) : NULL;
  info->added = g_strdup (added);
  info->ships = ships (info->id);
  info->in_force =
      current != NULL && g_str_equal (imp_pack_get_hash (current), imp_pack_get_hash (pack));
  info->review_due = info->review_by != NULL && strcmp (info->review_by, today) < 0;
  return info;
}

/**
 * imp_gate_set_pack:
 * @self: a gate
 * @pack_id: "uk-strict", "uk-standard", or the id or hash of one that the register keeps
 * @error: where to put the error
 *
 * Chooses the site's policy pack and keeps the choice in the register.
 *
 * Returns: whether it is in force, else %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REFUSED where who is
 *   signed in may not (%IMP_RIGHT_ADMINISTER), or an error of the register or the pack
 */
gboolean
imp_gate_set_pack (ImpGate *self, const char *pack_id, GError **error)
{
  g_autoptr (ImpPack) pack = _imp_gate_find_pack (self, pack_id, error);

  return pack != NULL && choose (self, pack, error);
}

static ImpPack *
parse (GBytes *json, GError **error)
{
  if (g_bytes_get_size (json) <= MOST_JSON)
    return imp_pack_parse (json, error);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("A policy pack has at most 4 MiB"));
  return NULL;
}

/**
 * imp_gate_check_pack:
 * @json: a site's policy pack
 * @weaknesses: (out) (transfer full): a sentence, with the line, for everything that it would let
 *   out and the program never does; none where a site may use it
 * @error: where to put the error
 *
 * Reads a pack without putting it in force. Needs no register.
 *
 * Returns: (transfer full) (nullable): what it is called, or %NULL with %IMP_ERROR_USAGE naming
 *   line and place of the first mistake
 */
ImpPackInfo *
imp_gate_check_pack (GBytes *json, GStrv *weaknesses, GError **error)
{
  g_autoptr (ImpPack) pack = parse (json, error);

  if (pack == NULL)
    return NULL;
  *weaknesses = imp_pack_find_weaknesses (pack);
  return info_of (NULL, pack, NULL);
}

static gboolean
check_strength (ImpPack *pack, GError **error)
{
  g_auto (GStrv) weaknesses = imp_pack_find_weaknesses (pack);
  g_autofree char *all = g_strjoinv ("; ", weaknesses);

  if (weaknesses[0] == NULL)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               _ ("The policy pack is weaker than the program allows: %s"), all);
  return FALSE;
}

/* One id and version is one pack, and what ships keeps its names. */
static gboolean
check_name (ImpGate *self, ImpPack *pack, GError **error)
{
  const char *id = imp_pack_get_id (pack);
  g_autoptr (ImpPack) shipped = ships (id) ? _imp_gate_load_pack (id, error) : NULL;
  g_autoptr (GVariant) kept = imp_register_list_packs (self->people, id, error);
  GVariantIter iter;
  const char *hash = NULL;
  const char *version = NULL;

  if (kept == NULL || (ships (id) && shipped == NULL))
    return FALSE;
  if (shipped != NULL && !g_str_equal (imp_pack_get_hash (shipped), imp_pack_get_hash (pack)))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("%s is the name of a pack that ships with the program: give this one an id "
                      "of its own"),
                   id);
      return FALSE;
    }
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &hash, NULL, &version, NULL))
    if (g_str_equal (version, imp_pack_get_version (pack))
        && !g_str_equal (hash, imp_pack_get_hash (pack)))
      {
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                     _ ("The register keeps another pack %s of version %s: raise the version"), id,
                     version);
        return FALSE;
      }
  return TRUE;
}

/**
 * imp_gate_use_pack_sync:
 * @self: a gate
 * @json: a site's policy pack
 * @error: where to put the error
 *
 * Checks a pack, keeps it in the register for good and puts it in force.
 *
 * Returns: whether it is in force, else %IMP_ERROR_USAGE where it is malformed (with the line),
 *   weaker than the floor (with each reason), or named as another one is; or an error of the
 *   register
 */
gboolean
imp_gate_use_pack_sync (ImpGate *self, GBytes *json, GError **error)
{
  g_autoptr (ImpPack) pack = parse (json, error);

  return pack != NULL && check_strength (pack, error) && check_name (self, pack, error)
         && choose (self, pack, error);
}

static void
add_info (GPtrArray *packs, GHashTable *seen, ImpPackInfo *info)
{
  if (g_hash_table_add (seen, g_strdup (info->hash)))
    g_ptr_array_add (packs, info);
  else
    imp_pack_info_free (info);
}

/**
 * imp_gate_list_packs_sync:
 * @self: a gate
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable) (element-type ImpPackInfo): those that ship with the program,
 *   then those that the register keeps, newest first; %NULL with an error of the register
 */
GPtrArray *
imp_gate_list_packs_sync (ImpGate *self, GError **error)
{
  g_autoptr (GPtrArray) packs = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_pack_info_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GVariant) kept = imp_register_list_packs (self->people, NULL, error);
  GVariantIter iter;
  const char *hash = NULL;
  const char *id = NULL;
  const char *version = NULL;
  const char *added = NULL;

  if (kept == NULL || !_imp_gate_refresh_pack (self, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (SHIPPED); i++)
    {
      g_autoptr (ImpPack) pack = _imp_gate_load_pack (SHIPPED[i], error);

      if (pack == NULL)
        return NULL;
      add_info (packs, seen, info_of (self, pack, NULL));
    }
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &hash, &id, &version, &added))
    {
      g_autoptr (ImpPack) pack = load_kept (self, hash, NULL);
      ImpPackInfo *info = pack != NULL ? info_of (self, pack, added) : g_new0 (ImpPackInfo, 1);

      if (pack == NULL) /* one that this program cannot read any more keeps its name */
        {
          info->id = g_strdup (id);
          info->version = g_strdup (version);
          info->hash = g_strdup (hash);
          info->added = g_strdup (added);
        }
      add_info (packs, seen, info);
    }
  return g_steal_pointer (&packs);
}

/**
 * imp_gate_describe_pack_sync:
 * @self: a gate
 * @name: (nullable): as imp_gate_set_pack(); %NULL for the one in force
 * @rows: (out) (transfer full): its rows, as imp_pack_describe_rows() gives them
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what it is called, or %NULL as imp_gate_set_pack()
 */
ImpPackInfo *
imp_gate_describe_pack_sync (ImpGate *self, const char *name, GVariant **rows, GError **error)
{
  g_autoptr (ImpPack) pack = NULL;

  if (!_imp_gate_refresh_pack (self, error))
    return NULL;
  pack = name != NULL ? _imp_gate_find_pack (self, name, error) : _imp_gate_ref_pack (self);
  if (pack == NULL)
    return NULL;
  *rows = g_variant_ref_sink (imp_pack_describe_rows (pack));
  return info_of (self, pack, NULL);
}
