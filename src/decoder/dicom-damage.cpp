#include "dicom-private.h"

#include "dcmtk/oflog/appender.h"
#include "dcmtk/oflog/logger.h"
#include "dcmtk/oflog/oflog.h"
#include "dcmtk/oflog/spi/logevent.h"

/* DCMTK's JPEG decoder makes up pixels where its data are corrupt, and says so in its log only. So
 * the log is listened to, and goes nowhere: it would repeat values of the file. */

namespace
{

bool damage_seen = false;

class Listener : public dcmtk::log4cplus::Appender
{
public:
  ~Listener () override
  {
    destructorImpl ();
  }
  void
  close () override
  {
  }

protected:
  void
  append (const dcmtk::log4cplus::spi::InternalLoggingEvent &event) override
  {
    const char *text = event.getMessage ().c_str ();

    if (strstr (event.getLoggerName ().c_str (), "dcmjpeg") == nullptr
        || strstr (text, "before marker 0xd9") != nullptr || strstr (text, "Adobe") != nullptr)
      return;
    damage_seen = true;
  }
};

} // namespace

/**
 * imp_dicom_damage_initialise:
 *
 * Silences DCMTK's log and listens to its decoders' warnings.
 */
void
imp_dicom_damage_initialise (void)
{
  dcmtk::log4cplus::Logger root = dcmtk::log4cplus::Logger::getRoot ();

  OFLog::configure (OFLogger::WARN_LOG_LEVEL);
  root.removeAllAppenders ();
  root.addAppender (dcmtk::log4cplus::SharedAppenderPtr (new Listener ()));
}

/**
 * imp_dicom_damage_forget:
 *
 * To be called before a frame is decoded.
 */
void
imp_dicom_damage_forget (void)
{
  damage_seen = false;
}

/**
 * imp_dicom_damage_seen:
 *
 * Returns: whether a decoder has warned since imp_dicom_damage_forget()
 */
bool
imp_dicom_damage_seen (void)
{
  return damage_seen;
}
