"""A `ucmsim cloud` of one walk: started on free ports, asked as its clients ask it, stopped at the end."""

import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import tempfile
import urllib.parse


class ServedCloud:
    """Serves `data` (YAML text) until `close`; every virtual host is behind the one address `port`."""

    def __init__(self, ucmsim, data, clock=None, port_per_host=None):
        self.folder = tempfile.TemporaryDirectory(prefix="walk-guides-")
        self.ucmsim = ucmsim
        self.ca = self.path("ca.pem")
        arguments = [
            ucmsim, "cloud", "--data", self.write("cloud.yaml", data), "--port", "0", "--admin-port", "0",
            "--ca-out", self.ca,
        ]
        if clock:
            arguments += ["--clock", clock]
        if port_per_host:
            arguments += ["--port-per-host", str(port_per_host)]
        self.addresses = {}
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = self.admin_port = None
        while self.port is None or self.admin_port is None:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("ucmsim cloud did not start: " + self.process.stderr.read())
            host = re.search(r"^([a-z0-9.-]+\.[a-z]+)\s+(https://[^ ]+)", line)
            if host:
                self.addresses[host[1]] = host[2]
            match = re.search(r"^(every host|administrator)\s+https?://[^ ]*:(\d+)", line)
            if match and match[1] == "every host":
                self.port = int(match[2])
            elif match:
                self.admin_port = int(match[2])
        self.tls = ssl.create_default_context(cafile=self.ca)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def ask(self, method, url, form=None, headers=None):
        """One request as curl or Postman send it; returns status and text."""
        address = urllib.parse.urlsplit(url)
        connection = http.client.HTTPSConnection(address.hostname, context=self.tls, timeout=20)
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sock = self.tls.wrap_socket(raw, server_hostname=address.hostname)
        fields = dict(headers or {})
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        target = address.path + ("?" + address.query if address.query else "")
        connection.request(method, target, body=body, headers=fields)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def tokens(self, form, host="accounts.zoho.com"):
        """The answer of the token endpoint as values."""
        status, text = self.ask("POST", f"https://{host}/oauth/v2/token", form=form)
        return status, json.loads(text)

    def doctor(self, site):
        """`ucmsim doctor crm` over HTTPS for a site file's text; returns exit code and checks."""
        run = subprocess.run(
            [
                self.ucmsim, "doctor", "crm", self.write("site.yaml", site), "--crm-url",
                f"https://127.0.0.1:{self.port}", "--crm-ca", self.ca, "--format", "json",
            ], capture_output=True, text=True, timeout=60, check=False)
        if run.returncode > 1:
            raise RuntimeError(f"doctor exited with {run.returncode}: {run.stderr}")
        return run.returncode, json.loads(run.stdout)

    def close(self):
        """Stops the server as Ctrl-C does and insists on its exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=10)
        self.folder.cleanup()
        if code != 0:
            raise RuntimeError(f"ucmsim cloud exited with {code}")
