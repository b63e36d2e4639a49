"""A mail as bytes → a `Letter`: who sent it, when, what it says in a line, its attachments.

`read` knows the three ways in which a mail lies in a folder: as it travelled (.eml), as Outlook keeps it (.msg), and
the parcel in which Outlook packs attachments for itself (winmail.dat). Pure: bytes in, a record out. Nothing is
fetched, followed or run, and no mail is so broken that it cannot be read: what cannot be made out is left empty.

The reader of the travelling form is our own, not the `email` package: that raises on broken parameters and loses
what stands behind a wrong boundary, and here a form that is in a mail has to be found in it.

May import texts.py only, and olefile. To add a way in which a mail lies there: a file here that gives a `Letter`, and
a line in `read.py` that tells it by its content.
The tests that hold it: tests/letters (a corpus of broken mails, each with what a person finds in it).
"""
