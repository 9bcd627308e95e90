#include "cli.h"

#define MASK "••••••"

/**
 * imp_cli_mask:
 * @cli: the call
 * @value: (nullable): a value that may identify
 *
 * Returns: (transfer none) (nullable): @value where --reveal was given, else dots; %NULL stays
 *   %NULL, which a line for people shows as a dash (imp_cli_shown())
 */
const char *
imp_cli_mask (ImpCli *cli, const char *value)
{
  return value == NULL || cli->reveal ? value : MASK;
}

/**
 * imp_cli_shown:
 * @cli: the call
 * @value: (nullable): a value that may identify
 *
 * Returns: (transfer none): imp_cli_mask() for a line that people read: a dash where there is none
 */
const char *
imp_cli_shown (ImpCli *cli, const char *value)
{
  return value != NULL ? imp_cli_mask (cli, value) : "–";
}

/**
 * imp_cli_add_string:
 * @cli: the call
 * @name: a member
 * @value: (nullable): its value
 */
void
imp_cli_add_string (ImpCli *cli, const char *name, const char *value)
{
  /* Paths need not be UTF-8, and JSON must be. */
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (cli->out, name);
  if (valid != NULL)
    json_builder_add_string_value (cli->out, valid);
  else
    json_builder_add_null_value (cli->out);
}

/**
 * imp_cli_add_secret:
 * @cli: the call
 * @name: a member
 * @value: (nullable): its value, masked unless --reveal
 */
void
imp_cli_add_secret (ImpCli *cli, const char *name, const char *value)
{
  imp_cli_add_string (cli, name, imp_cli_mask (cli, value));
}

/**
 * imp_cli_mask_code:
 * @cli: the call
 * @value: (nullable): what a file has where a standard knows certain words
 * @words: those words
 *
 * Returns: (transfer none) (nullable): @value where it is one of @words, else as imp_cli_mask():
 * the file may hold anything there
 */
const char *
imp_cli_mask_code (ImpCli *cli, const char *value, const char *const *words)
{
  return value != NULL && g_strv_contains (words, value) ? value : imp_cli_mask (cli, value);
}

/**
 * imp_cli_add_int:
 * @cli: the call
 * @name: a member
 * @value: its value
 */
void
imp_cli_add_int (ImpCli *cli, const char *name, gint64 value)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_add_int_value (cli->out, value);
}

/**
 * imp_cli_add_boolean:
 * @cli: the call
 * @name: a member
 * @value: its value
 */
void
imp_cli_add_boolean (ImpCli *cli, const char *name, gboolean value)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_add_boolean_value (cli->out, value);
}

/**
 * imp_cli_add_reasons:
 * @cli: the call
 * @reasons: (element-type ImpReason): what refused
 *
 * Writes the list that a refusal answers with.
 */
void
imp_cli_add_reasons (ImpCli *cli, GPtrArray *reasons)
{
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (reasons, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "rule", reason->rule);
      imp_cli_add_string (cli, "outcome", imp_outcome_to_text (reason->outcome));
      imp_cli_add_string (cli, "reason", reason->reason);
      imp_cli_add_string (cli, "source", reason->source);
      imp_cli_add_string (cli, "lift", reason->lift);
      if (reason->region != NULL)
        imp_cli_add_string (cli, "region", reason->region);
      if (reason->output != NULL)
        imp_cli_add_string (cli, "output", reason->output);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s: %s\n    Source: %s\n    To lift it: %s", reason->rule, reason->reason,
                    reason->source, reason->lift);
    }
  json_builder_end_array (cli->out);
}

/**
 * imp_cli_line:
 * @cli: the call
 * @format: a line for a person, without its end
 * @...: its values
 */
void
imp_cli_line (ImpCli *cli, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_string_append_vprintf (cli->text, format, values);
  va_end (values);
  g_string_append_c (cli->text, '\n');
}
