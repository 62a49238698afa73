package org.meantime.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.bench.client.ClientProcess;
import org.meantime.it.bench.client.Figures;
import org.meantime.it.bench.client.Workload;
import org.meantime.it.server.Archives;
import org.meantime.it.server.Server;

/**
 * Everyday work, beside an httpd with mod_dav where one is installed: in each round every workload
 * on the one server and at once on the other.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PeerBenchmark {
  /** The control; not loaded here, where there are no servlets. */
  private static final String SERVLET = "org/meantime/it/bench/BareServlet.class";

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final Set<Workload> CONTROLS = EnumSet.of(Workload.BARE, Workload.OPEN);
  private static final List<String> OURS = List.of("Meantime", "least", "most");
  private static final List<String> THEIRS =
      List.of("mod_dav", "mod_dav least", "mod_dav most", "Meantime ÷ mod_dav");

  private final Rounds ours = new Rounds();
  private final Rounds theirs = new Rounds();
  private long wrong;

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war().add(new ClassLoaderAsset(SERVLET), "WEB-INF/classes/" + SERVLET);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void everydayWork_isAnsweredRight() throws Exception {
    Optional<Httpd> peer = Httpd.start();
    try (ClientProcess client = ClientProcess.start()) {
      for (Workload workload : workloads()) {
        ready(client, workload, peer);
      }
      both(client, Workload.WARM, peer, true);
      for (int round = 1; round <= ROUNDS; round++) {
        boolean first = round % 2 == 1;
        for (Workload workload : workloads()) {
          both(client, workload, peer, first);
          first = !first;
        }
      }
    } finally {
      if (peer.isPresent()) {
        peer.get().close();
      }
    }
    report(peer.isPresent());
    assertEquals(0, wrong, "wrong answers");
  }

  /** What is asked for, or everything. */
  private static List<Workload> workloads() {
    Optional<Set<String>> only =
        Optional.ofNullable(System.getProperty("bench.only")).map(it -> Set.of(it.split(",")));
    return EnumSet.range(Workload.PUT1, Workload.OPEN).stream()
        .filter(workload -> only.isEmpty() || only.get().contains(workload.shortName()))
        .toList();
  }

  private void ready(ClientProcess client, Workload workload, Optional<Httpd> peer)
      throws IOException {
    count(client.prepare(workload, url(workload)));
    if (peer.isPresent() && !CONTROLS.contains(workload)) {
      Figures figures = client.prepare(workload, peer.get().url());
      assertEquals(0, figures.wrong(), () -> "mod_dav: " + figures.reason());
    }
  }

  /** The controls are beside the documents. */
  private static String url(Workload workload) {
    return CONTROLS.contains(workload) ? Server.url().replaceAll("/dav$", "") : Server.url();
  }

  private void both(ClientProcess client, Workload workload, Optional<Httpd> peer, boolean first)
      throws Exception {
    if (first) {
      ours(client, workload);
    }
    if (peer.isPresent() && !CONTROLS.contains(workload)) {
      Figures figures = client.run(workload, peer.get().url());
      say("mod_dav", workload, figures);
      theirs.add(figures);
      if (workload == Workload.LOCK || workload == Workload.WARM) {
        peer.get().forgetLocks();
      }
    }
    if (!first) {
      ours(client, workload);
    }
  }

  private void ours(ClientProcess client, Workload workload) throws IOException {
    Figures figures = client.run(workload, url(workload));
    say("Meantime", workload, figures);
    ours.add(figures);
    count(figures);
  }

  private void count(Figures figures) {
    wrong += figures.wrong();
    figures.reason().ifPresent(why -> System.out.println("wrong: " + why));
  }

  private static void say(String server, Workload workload, Figures figures) {
    String values =
        figures.values().entrySet().stream()
            .map(it -> "%s %.2f".formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining("; "));
    String reason =
        figures.reason().map(why -> ", wrong: " + figures.wrong() + ", " + why).orElse("");
    System.out.println(workload.shortName() + " " + server + ": " + values + reason);
  }

  private void report(boolean compared) throws IOException {
    List<String> columns = compared ? Stream.of(OURS, THEIRS).flatMap(List::stream).toList() : OURS;
    Report report = new Report("peer", columns);
    for (String name : ours.names()) {
      report.figure(name, compared ? ours.beside(theirs, name) : ours.sample(name));
    }
    report.write();
  }
}
