package org.meantime.it.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A launcher and its server, in processes of their own on free ports. */
final class Served implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "Meantime ready: (http://127\\.0\\.0\\.1:(\\d+)/dav/) user demo password (\\S+)");

  private final Process process;
  private final BufferedReader reader;
  private final StringBuilder output = new StringBuilder();
  private Matcher ready;

  private Served(Process process) {
    this.process = process;
    reader = process.inputReader();
  }

  /** Starts one on that folder, with settings such as {@code meantime.xml.max=1000}. */
  static Served start(Path home, String... settings) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    try (ServerSocket http = new ServerSocket(0);
        ServerSocket https = new ServerSocket(0)) {
      command.add("-Dmeantime.port=" + http.getLocalPort());
      command.add("-Dmeantime.https.port=" + https.getLocalPort());
    }
    command.add("-Dmeantime.store.home=" + home);
    List.of(settings).forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of("-classpath", Launcher.classPath(), Launcher.class.getName()));
    command.addAll(List.of(System.getProperty("it.server"), System.getProperty("it.war")));
    return new Served(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  Process process() {
    return process;
  }

  /** Waits for the last line of a start; false if the process ends without it. */
  boolean awaitReady() throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.append(line).append('\n');
      ready = READY.matcher(line);
      if (ready.matches()) {
        return true;
      }
    }
    return false;
  }

  int port() {
    return Integer.parseInt(ready.group(2));
  }

  /** Sends a request as the demo user; {@code path} is relative to the root collection. */
  HttpResponse<String> send(String method, String path, String body, String... fields)
      throws Exception {
    String login = Base64.getEncoder().encodeToString(("demo:" + ready.group(3)).getBytes());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ready.group(1) + path))
            .header("Authorization", "Basic " + login)
            .method(method, BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /** Ends the server as {@code kill -9} does, and waits until it has ended. */
  void kill() {
    List<ProcessHandle> server = process.descendants().toList();
    server.forEach(ProcessHandle::destroyForcibly);
    server.forEach(each -> each.onExit().join());
  }

  /** Ends it as {@code kill} does, and waits until it has ended. */
  void terminate() {
    process.toHandle().destroy(); // leaves its output to be read
    process.onExit().join();
  }

  /** What was written and not yet read included, where the process has ended. */
  String output() {
    if (!process.isAlive()) {
      output.append(reader.lines().collect(Collectors.joining("\n")));
    }
    return output.toString();
  }

  @Override
  public void close() {
    terminate();
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
