package org.meantime.it.conformance;

import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Archives;

/** The kit: on our own server the WAR with its defaults, else whatever is at {@code it.url}. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ConformanceIT {
  private static final Report REPORT = new Report();
  private static Once<LongWork> work;

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }

  @TestFactory
  Stream<DynamicContainer> longOperations() {
    Dav dav = Dav.inNewCollection();
    work = new Once<>(() -> LongWork.make(dav));
    Acceptance acceptance = new Acceptance(dav, work);
    return Stream.of(
        REPORT.section("102", new Interims(dav, work).checks()),
        REPORT.section("102 on HTTP/2", new Http2Interims(dav, work).checks()),
        REPORT.section("207", new Listing(dav, work).checks()),
        REPORT.section("207 of a part", new PartialFailure(dav).checks()),
        REPORT.section("202", acceptance.checks()),
        REPORT.section("cancellation", new Cancellation(dav, work, acceptance).checks()));
  }

  @AfterAll
  static void publish() throws Throwable {
    String name = System.getProperty("arquillian.launch");
    REPORT.publish(name, System.getProperty("it.url", name) + ", " + work.get());
  }
}
