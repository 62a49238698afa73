package org.meantime.dav.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.xml.Documents.stream;
import static org.meantime.dav.xml.Documents.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.Precondition;
import org.meantime.dav.Property;
import org.meantime.dav.Timeout;

class DavXmlTest {
  private static final LockToken TOKEN = LockToken.parse("<urn:uuid:1>");

  @Test
  void lockdiscovery_isADocument() {
    Activelock owned =
        new Activelock(
            new Activelock.Description(
                true,
                Depth.INFINITY,
                "<D:owner xmlns:D=\"DAV:\"><D:href>http://me</D:href></D:owner>",
                new Timeout(Duration.ofSeconds(60)),
                TOKEN,
                "/dav/a/"));
    Activelock ownerless =
        new Activelock(
            new Activelock.Description(
                false, Depth.ZERO, "", Timeout.INFINITE, TOKEN, "/dav/b%20c"));
    Prop prop = new Prop(List.of(new Lockdiscovery(List.of(owned, ownerless))));
    assertEquals(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <D:prop xmlns:D="DAV:"><D:lockdiscovery>\
        <D:activelock><D:lockscope><D:exclusive/></D:lockscope>\
        <D:locktype><D:write/></D:locktype><D:depth>infinity</D:depth>\
        <D:owner xmlns:D="DAV:"><D:href>http://me</D:href></D:owner>\
        <D:timeout>Second-60</D:timeout>\
        <D:locktoken><D:href>urn:uuid:1</D:href></D:locktoken>\
        <D:lockroot><D:href>/dav/a/</D:href></D:lockroot></D:activelock>\
        <D:activelock><D:lockscope><D:shared/></D:lockscope>\
        <D:locktype><D:write/></D:locktype><D:depth>0</D:depth>\
        <D:timeout>Infinite</D:timeout>\
        <D:locktoken><D:href>urn:uuid:1</D:href></D:locktoken>\
        <D:lockroot><D:href>/dav/b%20c</D:href></D:lockroot></D:activelock>\
        </D:lockdiscovery></D:prop>
        """,
        text(DavXml.document(prop)));
  }

  @Test
  void error_isADocument() {
    ErrorElement error = new ErrorElement(Precondition.NO_CONFLICTING_LOCK, List.of("/dav/a%26b"));
    assertEquals(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <D:error xmlns:D="DAV:"><D:no-conflicting-lock><D:href>/dav/a%26b</D:href>\
        </D:no-conflicting-lock></D:error>
        """,
        text(DavXml.document(error)));
  }

  @Test
  void emptyElements_areWrittenShort() {
    Prop prop =
        new Prop(
            List.of(
                new Resourcetype(false),
                new Lockdiscovery(List.of()),
                Prop.text(new QName("DAV:", "getcontentlanguage"), "")));
    assertTrue(
        text(DavXml.document(prop))
            .contains("<D:resourcetype/><D:lockdiscovery/><D:getcontentlanguage/>"));
  }

  @Test
  void manyThreads_getWhatOneGets() throws Exception {
    int threads = 8;
    CountDownLatch together = new CountDownLatch(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "p" + thread;
        done.add(
            executor.submit(
                () -> {
                  together.countDown();
                  together.await();
                  for (int i = 0; i < 200; i++) {
                    readAndWrite(name + i);
                  }
                  return null;
                }));
      }
      for (Future<Void> each : done) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void readAndWrite(String name) {
    String property = "<" + name + " xmlns=\"urn:x\">" + name + "</" + name + ">";
    String body =
        "<a:propertyupdate xmlns:a=\"DAV:\"><a:remove><a:prop>"
            + property
            + "</a:prop></a:remove></a:propertyupdate>";
    QName read =
        DavXml.read(stream(body), new XmlLimits(1_000, 1_000), Propertyupdate.class)
            .get()
            .updates()
            .get(0)
            .name();
    assertEquals(new QName("urn:x", name), read);
    Prop prop = new Prop(List.of(new Property(read, property)));
    assertTrue(text(DavXml.document(prop)).contains("<D:prop xmlns:D=\"DAV:\">" + property));
  }
}
