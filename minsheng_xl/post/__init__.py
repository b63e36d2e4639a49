"""Mail: forms go out to the units' addresses, what comes back is fetched, who owes something is reminded.

`account` is what this desk knows of its mailbox, `secret` how it gets in, `servers` the connections, always encrypted
and with the certificate checked; `words` what letters say, from texts that the office may edit, `carried` what goes to
whom, `writing` the letter itself. `send` hands letters to a server, each once; `drafts` puts them into files instead;
`fetch` takes letters from a mailbox into 收件/; `remind` reminds; `gather` copies returns out of other folders.

May import closing/, telling/, taking/, sending/ and what lies below them. The secret is never in a file, a journal, a
message or an error. To add something that is sent: a kind in `carried.py` with its text in `words.py`, and its option
in desk/. The tests that hold it: tests/post, against real servers on this computer and one of bad manners.
"""
