package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.it.conformance.Check.offered;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;

/** The 207 of a large PROPFIND. */
final class Listing {
  private static final int MEMBERS = 70_000;

  private final Dav dav;
  private final Once<LongWork> work;
  private final Once<GrowingListing> seen;

  Listing(Dav dav, Once<LongWork> work) {
    this.dav = dav;
    this.work = work;
    seen = new Once<>(this::list);
  }

  List<Check> checks() {
    return List.of(
        new Check("large PROPFIND: well-formed", this::wellFormed),
        new Check("large PROPFIND: each member once", this::eachOnce),
        new Check("large PROPFIND: streamed", this::streamed));
  }

  private LongWork part() throws Throwable {
    return work.get().part(MEMBERS);
  }

  private Request propfind(LongWork part) {
    return dav.request("PROPFIND", part.path())
        .header("Depth", "infinity")
        .xml("<D:propfind><D:prop><D:resourcetype/><D:getetag/></D:prop></D:propfind>");
  }

  /** The whole is asked for first; before it is whole, an eighth of it is. */
  private GrowingListing list() throws Throwable {
    LongWork whole = part();
    LongWork eighth = whole.part(whole.members() / 8);
    GrowingListing.Pending listing = GrowingListing.begin(propfind(whole));
    propfind(eighth).send();
    return listing.end();
  }

  private GrowingListing offer() throws Throwable {
    int status = seen.get().head().status();
    offered(status == 207, status + " to PROPFIND with Depth: infinity");
    return seen.get();
  }

  private void wellFormed() throws Throwable {
    hrefs(offer().body());
  }

  private void eachOnce() throws Throwable {
    List<String> hrefs = hrefs(offer().body());
    assertEquals(hrefs.size(), new HashSet<>(hrefs).size(), "some are there twice");
    assertEquals(part().members(), hrefs.size());
  }

  private void streamed() throws Throwable {
    assertTrue(
        offer().begunBeforeOther(), "an eighth of it, asked for later, was there before its begin");
  }

  private static List<String> hrefs(byte[] body) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
    List<String> hrefs = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("href")) {
        hrefs.add(reader.getElementText());
      }
    }
    return hrefs;
  }
}
