#include "imp-record-words.h"

#include <glib/gi18n.h>

#include "imp-word.h"

static const ImpWord PLACES[] = {
  { "internal-meeting", N_ ("Internal meetings") },
  { "teaching-file", N_ ("The teaching file") },
  { "publication", N_ ("Publications") },
  { "research", N_ ("Research") },
  { "social-media-closed", N_ ("Social media, a closed group (counts as public)") },
  { "social-media-open", N_ ("Social media, open to all") },
};

static const ImpWord BASES[] = {
  { "common-law-consent", N_ ("Consent at common law") },
  { "gdpr-explicit-consent", N_ ("Explicit consent under UK GDPR") },
  { "both", N_ ("Both of these") },
  { "other", N_ ("Something else") },
};

static const ImpWord ALIASES[] = {
  { "also-known-as", N_ ("Also known as") },
  { "former", N_ ("Former name") },
  { "preferred", N_ ("Name they prefer") },
  { "misspelt", N_ ("Misspelling that is found in files") },
};

static const ImpWord OUTCOMES[] = {
  { "has", N_ ("Able to decide") },
  { "lacks", N_ ("Not able to decide") },
  { "fluctuating", N_ ("Sometimes able to decide: ask again") },
};

static const ImpWord CHECK_RULES[] = {
  { "mod-11", N_ ("The last digit, modulo 11, as of an NHS number") },
  { "luhn", N_ ("The last digit, by Luhn’s rule") },
  { "mod-97", N_ ("The last two digits, modulo 97") },
};

static const ImpWord MEDIA_TYPES[] = {
  { "application/pdf", N_ ("PDF") },
  { "image/png", N_ ("Picture, PNG") },
  { "image/jpeg", N_ ("Picture, JPEG") },
  { "application/x-imprimatur-strokes", N_ ("Drawn on the screen") },
};

/**
 * imp_record_words_place:
 * @destination: (nullable): the one place that a permission is for: "social-media-open"
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_record_words_place (const char *destination)
{
  return imp_word_look_up (PLACES, G_N_ELEMENTS (PLACES), destination);
}

/**
 * imp_record_words_basis:
 * @basis: (nullable): what a permission rests on: "common-law-consent"
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_record_words_basis (const char *basis)
{
  return imp_word_look_up (BASES, G_N_ELEMENTS (BASES), basis);
}

/**
 * imp_record_words_alias:
 * @kind: (nullable): kind of another name: "former"
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_record_words_alias (const char *kind)
{
  return imp_word_look_up (ALIASES, G_N_ELEMENTS (ALIASES), kind);
}

/**
 * imp_record_words_outcome:
 * @outcome: (nullable): what an assessment of capacity found: "fluctuating"
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_record_words_outcome (const char *outcome)
{
  return imp_word_look_up (OUTCOMES, G_N_ELEMENTS (OUTCOMES), outcome);
}

/**
 * imp_record_words_check_rule:
 * @rule: (nullable): how a check digit is made: "luhn"
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_record_words_check_rule (const char *rule)
{
  return imp_word_look_up (CHECK_RULES, G_N_ELEMENTS (CHECK_RULES), rule);
}

/**
 * imp_record_words_media_type:
 * @media_type: (nullable): of evidence: "application/pdf"
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_record_words_media_type (const char *media_type)
{
  return imp_word_look_up (MEDIA_TYPES, G_N_ELEMENTS (MEDIA_TYPES), media_type);
}

/**
 * imp_record_words_channel:
 * @channel: (nullable): how a withdrawal was said, or "journal"
 *
 * Returns: (transfer none) (nullable): the same in words
 */
const char *
imp_record_words_channel (const char *channel)
{
  return g_strcmp0 (channel, "journal") == 0
             ? _ ("known from the journal of withdrawals, as an older register was put back")
             : channel;
}
