# One request and then a GET in the same session of requests; prints the status of the first and
# the body of the second. Arguments: method URL next-URL user password field:value...
import sys
import requests

method, url, following, user, password, *fields = sys.argv[1:]
session = requests.Session()
session.auth = (user, password)
slow = session.request(method, url, headers=dict(f.split(":", 1) for f in fields))
print(slow.status_code, session.get(following).text)
