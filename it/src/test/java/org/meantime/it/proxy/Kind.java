package org.meantime.it.proxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meantime.it.server.Server;

/** A program that can be a reverse proxy, and its file in {@code docs/proxies/}. */
enum Kind {
  NGINX("nginx", "nginx.conf", "listen 443", "listen 127.0.0.1:PORT") {
    @Override
    List<String> arguments(String folder) {
      String user = "user " + System.getProperty("user.name") + ";";
      String main = folder + "/main.conf";
      return List.of("-p", folder, "-c", main, "-e", "stderr", "-g", "daemon off; " + user);
    }
  },
  HAPROXY("haproxy", "haproxy.cfg", "bind :443", "bind 127.0.0.1:PORT") {
    @Override
    List<String> arguments(String folder) {
      return List.of("-db", "-f", folder + "/site.conf");
    }
  },
  HTTPD("apache2", "httpd.conf", "<VirtualHost *:443>", "<VirtualHost 127.0.0.1:PORT>") {
    @Override
    List<String> arguments(String folder) {
      return List.of("-d", folder, "-f", folder + "/main.conf", "-DFOREGROUND");
    }
  };

  private final String program;
  private final String site;
  private final String listens;
  private final String listensHere;

  Kind(String program, String site, String listens, String listensHere) {
    this.program = program;
    this.site = site;
    this.listens = listens;
    this.listensHere = listensHere;
  }

  /** What runs it in the foreground with the files in that folder. */
  abstract List<String> arguments(String folder);

  String program() {
    return program;
  }

  String site() {
    return site;
  }

  /** What stands in the site for an administrator, and what must stand there for a test. */
  Map<String, String> changes(int port, String folder) {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("127.0.0.1:8080", "127.0.0.1:" + Server.port());
    changes.put(listens, listensHere.replace("PORT", String.valueOf(port)));
    changes.put("/etc/ssl/", folder + "/");
    return changes;
  }
}
