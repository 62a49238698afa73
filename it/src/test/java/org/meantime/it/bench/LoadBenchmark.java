package org.meantime.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Jvm;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.Usage;

/**
 * Ten thousand COPYs at work at once, each standing in the store on a thread of its own, and a 102
 * for each every ten seconds: what that costs the server, and how regular the 102s are.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LoadBenchmark {
  private static final int MANY = Integer.getInteger("bench.operations", 10_000);
  private static final int FEW = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 90));

  @Deployment(testable = false)
  static WebArchive archive() {
    WebArchive archive =
        SlowStore.war(
            Map.of(
                "meantime.interim.first", Jitter.INTERVAL.toString(),
                "meantime.interim.interval", Jitter.INTERVAL.toString(),
                "meantime.operation.stalled", "PT1H",
                "meantime.executor.limit", String.valueOf(MANY),
                "meantime.executor.user", String.valueOf(MANY)));
    return archive.setWebXML(new StringAsset(withThreads(archive, MANY)));
  }

  /** The deployment descriptor with that many threads for long work. */
  private static String withThreads(WebArchive archive, int threads) {
    try (var descriptor = archive.get("WEB-INF/web.xml").getAsset().openStream()) {
      return new String(descriptor.readAllBytes(), StandardCharsets.UTF_8)
          .replace("<max-async>256<", "<max-async>" + threads + "<");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void manyCopiesStanding_eachHearsEveryTenSeconds() throws Exception {
    Dav dav = Dav.inNewCollection();
    dav.put("/a", "content").is(201);
    try (LoadProcess warm = LoadProcess.start(dav, FEW)) {
      assertEquals(0, warm.jitter().wrong());
    }
    Dav measured = Dav.inNewCollection();
    measured.put("/a", "content").is(201);
    Report report = new Report("load");
    try (Jmx jmx = Jmx.connect()) {
      Usage before = jmx.jvm().usage();
      double idle = cpuShare(jmx.jvm(), Jitter.INTERVAL);
      SlowStore.close("stage");
      try (LoadProcess client = LoadProcess.start(measured, MANY)) {
        await(jmx, "Running", MANY);
        SlowStore.awaitWaiting("stage", MANY);
        await(jmx, "Interims", jmx.count("Interims") + MANY);
        Usage standing = jmx.jvm().usage();
        client.mark();
        double busy = cpuShare(jmx.jvm(), MEASURED);
        client.mark();
        SlowStore.open("stage");
        Jitter jitter = client.jitter();
        report.figure("operations in flight", MANY);
        report.figure("seconds measured", MEASURED.toSeconds());
        report.figure("CPU, % of one core", busy);
        report.figure("CPU without operations, % of one core", idle);
        report.figure("gaps between 102s", jitter.gaps());
        report.figure("jitter p50, ms", jitter.median());
        report.figure("jitter p99, ms", jitter.p99());
        report.figure("jitter max, ms", jitter.max());
        report.figure("heap per operation, KiB", each(standing.heap() - before.heap()));
        report.figure("other memory, KiB", each(standing.resident() - before.resident()));
        report.figure("threads", standing.threads());
        assertEquals(0, jitter.wrong());
      }
    } finally {
      SlowStore.reset();
    }
    report.write();
  }

  private static void await(Jmx jmx, String counter, long count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (long now; (now = jmx.count(counter)) < count; TimeUnit.MILLISECONDS.sleep(100)) {
      assertTrue(System.nanoTime() < end, counter + " is still " + now);
    }
  }

  private static double each(long bytes) {
    return bytes / 1024.0 / MANY;
  }

  private static double cpuShare(Jvm jvm, Duration time) throws InterruptedException {
    Duration before = jvm.cpu();
    long begin = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    return 100.0 * jvm.cpu().minus(before).toNanos() / (System.nanoTime() - begin);
  }
}
