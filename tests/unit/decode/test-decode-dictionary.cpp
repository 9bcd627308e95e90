/* The dictionary that is compiled in against the one that DCMTK itself reads from its files. */
#include "dicom-private.h"

static void
check_same (const DcmDictEntry &ours, const DcmDictEntry &theirs)
{
  g_assert_true (ours.getKey () == theirs.getKey ());
  g_assert_true (ours.getUpperKey () == theirs.getUpperKey ());
  g_assert_cmpint (ours.getEVR (), ==, theirs.getEVR ());
  g_assert_cmpstr (ours.getTagName (), ==, theirs.getTagName ());
  g_assert_cmpint (ours.getVMMin (), ==, theirs.getVMMin ());
  g_assert_cmpint (ours.getVMMax (), ==, theirs.getVMMax ());
  g_assert_cmpstr (ours.getStandardVersion (), ==, theirs.getStandardVersion ());
  g_assert_cmpstr (ours.getPrivateCreator (), ==, theirs.getPrivateCreator ());
  g_assert_cmpint (ours.getGroupRangeRestriction (), ==, theirs.getGroupRangeRestriction ());
  g_assert_cmpint (ours.getElementRangeRestriction (), ==, theirs.getElementRangeRestriction ());
}

static void
test_same_as_dcmtk (void)
{
  DcmDataDictionary theirs (OFTrue, OFTrue);
  DcmDataDictionary &ours = dcmDataDict.wrlock ();
  DcmDictEntryListIterator repeating = ours.repeatingBegin ();

  g_assert_cmpint (theirs.numberOfNormalTagEntries (), >, 5000);
  g_assert_cmpint (ours.numberOfNormalTagEntries (), ==, theirs.numberOfNormalTagEntries ());
  g_assert_cmpint (ours.numberOfRepeatingTagEntries (), ==, theirs.numberOfRepeatingTagEntries ());
  for (DcmHashDictIterator i = theirs.normalBegin (); i != theirs.normalEnd (); ++i)
    {
      const DcmDictEntry *found = ours.findEntry ((*i)->getKey (), (*i)->getPrivateCreator ());

      g_assert_nonnull (found);
      check_same (*found, **i);
    }
  /* In the same order: where several fit a tag, the first is taken. */
  for (DcmDictEntryListIterator i = theirs.repeatingBegin (); i != theirs.repeatingEnd (); ++i)
    check_same (**repeating++, **i);
  dcmDataDict.wrunlock ();
}

/* A file that the environment names could give a name the type of a number. */
static void
test_environment_is_not_asked (void)
{
  const DcmDataDictionary &ours = dcmDataDict.rdlock ();
  const DcmDictEntry *entry = ours.findEntry (DCM_PatientName, nullptr);

  g_assert_nonnull (entry);
  g_assert_cmpint (entry->getEVR (), ==, EVR_PN);
  g_assert_null (ours.findEntry ("MadeUpForThisTest"));
  dcmDataDict.rdunlock ();
}

int
main (int argc, char **argv)
{
  static const char other[] = "(0010,0010)\tUS\tPatientName\t1\tDICOM\n"
                              "(0010,0012)\tLO\tMadeUpForThisTest\t1\tDICOM\n";
  g_autofree char *path = nullptr;
  const int fd = g_file_open_tmp ("dictionary-XXXXXX.dic", &path, nullptr);

  g_test_init (&argc, &argv, nullptr);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, other, strlen (other)), ==, strlen (other));
  close (fd);
  g_setenv ("DCMDICTPATH", path, TRUE);
  imp_dicom_initialise ();
  unlink (path);
  g_unsetenv ("DCMDICTPATH");
  g_test_add_func ("/decode/dictionary/same-as-dcmtk", test_same_as_dcmtk);
  g_test_add_func ("/decode/dictionary/environment-is-not-asked", test_environment_is_not_asked);
  return g_test_run ();
}
