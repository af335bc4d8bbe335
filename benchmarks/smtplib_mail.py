"""What many administrators write: ten lines of smtplib that send one test mail. Started by processes.py."""

import smtplib
import ssl
import sys
from pathlib import Path

host, port, ca_file, username, password_file, mail, sender, recipient = sys.argv[1:]
with smtplib.SMTP(host, int(port), timeout=20) as smtp:
    smtp.set_debuglevel(1)
    smtp.starttls(context=ssl.create_default_context(cafile=ca_file))
    smtp.login(username, Path(password_file).read_text().strip())
    smtp.sendmail(sender, [recipient], Path(mail).read_bytes())
