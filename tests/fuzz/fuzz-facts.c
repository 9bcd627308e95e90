/* The front end's side: facts from a helper that has been taken over. Bytes that are no value in
 * normal form are refused; what GVariant makes of them is tried as well. */
#include "fuzz.h"

#include "imp-facts.h"

int fuzz_accepted;

static void
check_text (const char *text)
{
  FUZZ_HOLDS (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_facts (ImpFacts *facts)
{
  char *const *warnings = imp_facts_get_warnings (facts);
  char *const *ids = imp_facts_get_patient_ids (facts);
  GPtrArray *giveaways = imp_facts_get_giveaways (facts);

  FUZZ_HOLDS (imp_facts_get_width (facts) > 0 && imp_facts_get_height (facts) > 0);
  FUZZ_HOLDS (imp_facts_get_page (facts) < imp_facts_get_n_pages (facts));
  FUZZ_HOLDS (imp_facts_get_n_overlays (facts) == imp_facts_get_overlays (facts)->len);
  FUZZ_HOLDS (imp_facts_get_n_frames (facts) >= 1);
  check_text (imp_facts_get_format (facts));
  check_text (imp_facts_get_patient_id (facts));
  check_text (imp_facts_get_consent_flag (facts));
  for (gsize i = 0; warnings != NULL && warnings[i] != NULL; i++)
    check_text (warnings[i]);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    check_text (ids[i]);
  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = giveaways->pdata[i];

      check_text (giveaway->where);
      check_text (giveaway->kind);
      check_text (giveaway->value);
    }
  for (guint i = 0; i < imp_facts_get_regions (facts)->len; i++)
    {
      const ImpRect frame = { 0, 0, imp_facts_get_width (facts), imp_facts_get_height (facts) };
      const ImpRect *rect =
          &g_array_index (imp_facts_get_regions (facts), ImpUltrasoundRegion, i).rect;
      const ImpRect inside = imp_rect_intersect (rect, &frame);

      FUZZ_HOLDS (!imp_rect_is_empty (rect) && imp_rect_equal (rect, &inside));
    }
  imp_facts_get_cover (facts);
}

static void
try_variant (GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFacts) facts = imp_facts_new_from_variant (variant, &error);

  FUZZ_HOLDS ((facts == NULL) == (error != NULL));
  if (facts == NULL)
    return;
  fuzz_accepted++;
  check_facts (facts);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (fuzz_dup (data, size), size);
  g_autoptr (GVariant) raw =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  g_autoptr (GVariant) normal = g_variant_get_normal_form (raw);

  try_variant (raw);
  try_variant (normal);
  return 0;
}
