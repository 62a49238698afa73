package org.meantime.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.bench.client.ClientProcess;
import org.meantime.it.bench.client.Figures;
import org.meantime.it.bench.client.Workload;
import org.meantime.it.server.Archives;
import org.meantime.it.server.Server;

/** The same work on ten, a hundred, a thousand times as much: it should cost no more for each. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class GrowthBenchmark {
  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void moreAndMoreResources_areAnsweredRight() throws Exception {
    Report report = new Report("growth");
    try (ClientProcess client = ClientProcess.start()) {
      client.run(Workload.WARM, Server.url());
      Figures figures = client.run(Workload.GROWTH, Server.url());
      figures.values().forEach(report::figure);
      report.write();
      assertEquals(0, figures.wrong(), () -> figures.reason().orElse(""));
    }
  }
}
