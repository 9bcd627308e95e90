#include "dicom-stream.h"

#include <cstring>

#include "dcmtk/dcmdata/dcerror.h"

#include "imp-input.h"

namespace
{

/* What an element keeps of a value that was passed over: where it begins. */
class Factory : public DcmInputStreamFactory
{
public:
  Factory (const void *data, offile_off_t size, offile_off_t offset)
      : data_ (data), size_ (size), offset_ (offset)
  {
  }
  DcmInputStream *
  create () const override
  {
    return new ImpMemoryStream (data_, size_, offset_);
  }
  DcmInputStreamFactory *
  clone () const override
  {
    return new Factory (*this);
  }
  DcmInputStreamFactoryType
  ident () const override
  {
    return DFT_DcmInputTempFileStreamFactory;
  }

private:
  const void *data_;
  offile_off_t size_;
  offile_off_t offset_;
};

} // namespace

ImpMemoryProducer::ImpMemoryProducer (const void *data, offile_off_t size, offile_off_t offset,
                                      const ImpPatch &patch)
    : data_ (static_cast<const char *> (data)), size_ (size), at_ (offset), status_ (EC_Normal),
      patch_ (patch)
{
}

OFBool
ImpMemoryProducer::good () const
{
  return status_.good ();
}

OFCondition
ImpMemoryProducer::status () const
{
  return status_;
}

OFBool
ImpMemoryProducer::eos ()
{
  return at_ >= size_;
}

offile_off_t
ImpMemoryProducer::avail ()
{
  return size_ - at_;
}

offile_off_t
ImpMemoryProducer::read (void *buf, offile_off_t buflen)
{
  offile_off_t n = buflen < size_ - at_ ? buflen : size_ - at_;

  if (status_.bad () || buf == nullptr || n <= 0)
    return 0;
  if (!imp_input_wait (reinterpret_cast<const guint8 *> (data_ + at_ + n)))
    {
      status_ = EC_InvalidStream;
      return 0;
    }
  std::memcpy (buf, data_ + at_, static_cast<size_t> (n));
  imp_input_forget (reinterpret_cast<const guint8 *> (data_ + at_), static_cast<size_t> (n));
  for (size_t i = 0; i < patch_.bytes.size (); i++)
    if (patch_.at + i >= static_cast<size_t> (at_) && patch_.at + i < static_cast<size_t> (at_ + n))
      static_cast<char *> (buf)[patch_.at + i - static_cast<size_t> (at_)] = patch_.bytes[i];
  at_ += n;
  return n;
}

offile_off_t
ImpMemoryProducer::skip (offile_off_t skiplen)
{
  offile_off_t n = skiplen < size_ - at_ ? skiplen : size_ - at_;

  if (status_.bad () || n <= 0)
    return 0;
  at_ += n;
  return n;
}

void
ImpMemoryProducer::putback (offile_off_t num)
{
  if (num <= at_)
    at_ -= num;
  else
    status_ = EC_PutbackFailed;
}

ImpMemoryStream::ImpMemoryStream (const void *data, offile_off_t size, offile_off_t offset,
                                  const ImpPatch &patch)
    : DcmInputStream (&producer_), producer_ (data, size, offset, patch), data_ (data),
      size_ (size), offset_ (offset)
{
}

/* Behind a decompressing filter there is no place to come back to: such values are read at once. */
DcmInputStreamFactory *
ImpMemoryStream::newFactory () const
{
  if (currentProducer () != &producer_)
    return nullptr;
  return new Factory (data_, size_, offset_ + tell ());
}
