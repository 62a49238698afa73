package org.meantime.dav.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.Marshaller;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.Precondition;
import org.meantime.dav.Property;
import org.meantime.dav.Status;
import org.meantime.dav.Timeout;

/** What is written is what JAXB would write. */
class BoundWriterTest {
  private static final QName ETAG = new QName("DAV:", "getetag");

  static Stream<Arguments> written() {
    DavException locked =
        new DavException(Status.LOCKED, Precondition.LOCK_TOKEN_SUBMITTED, List.of("/a%20b", "/c"));
    DavException full = new DavException(Status.INSUFFICIENT_STORAGE, "the disk is <full>");
    Prop found =
        new Prop(
            List.of(
                Prop.text(ETAG, "\"a & b\""),
                new Resourcetype(true),
                new Property(new QName("urn:x", "p"), "<x:p xmlns:x=\"urn:x\">1 &lt; 2</x:p>")));
    Prop missing = new Prop(List.of(ETAG));
    return Stream.of(
        arguments("status", Response.of("/a", Status.NOT_FOUND)),
        arguments("precondition", Response.of("/a", locked, "/dav")),
        arguments("reason", Response.of("/a", full, "/dav")),
        arguments(
            "properties",
            Response.of(
                "/a",
                List.of(
                    Propstat.of(found, Status.OK),
                    Propstat.of(
                        missing,
                        Status.FORBIDDEN,
                        Precondition.CANNOT_MODIFY_PROTECTED_PROPERTY)))),
        arguments("no property", new Prop(List.of())),
        arguments("supported locks", new Supportedlock()),
        arguments("no lock", new Lockdiscovery(List.of())),
        arguments("locks", new Lockdiscovery(List.of(lock(true, ""), lock(false, owner("ann"))))),
        arguments("error", new ErrorElement(Precondition.LOCK_TOKEN_SUBMITTED, List.of("/a"))));
  }

  private static Activelock lock(boolean exclusive, String owner) {
    return new Activelock(
        new Activelock.Description(
            exclusive,
            Depth.INFINITY,
            owner,
            new Timeout(Duration.ofSeconds(60)),
            new LockToken("urn:uuid:1"),
            "/a/"));
  }

  private static String owner(String name) {
    return "<D:owner xmlns:D=\"DAV:\">" + name + "</D:owner>";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("written")
  void anyElement_isWrittenAsJaxbWould(String row, Object root) throws Exception {
    String document = Documents.text(DavXml.document(root));
    String ours = document.substring(document.indexOf('\n') + 1).stripTrailing();
    assertEquals(marshalled(root), ours.replaceFirst(" xmlns:D=\"DAV:\"", ""));
  }

  /** By JAXB, without the declarations on the root, with short tags and what is verbatim so. */
  private static String marshalled(Object root) throws Exception {
    Marshaller marshaller =
        JAXBContext.newInstance(
                Response.class,
                Prop.class,
                ErrorElement.class,
                Resourcetype.class,
                Lockdiscovery.class,
                Supportedlock.class,
                Verbatim.class)
            .createMarshaller();
    marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
    StringWriter text = new StringWriter();
    marshaller.marshal(root, text);
    String[] parts =
        text.toString()
            .replaceFirst("( xmlns:\\w+=\"[^\"]*\")+", "")
            .replaceAll("<([^<>/]+)></\\1>", "<$1/>")
            .split("</?\\w+:" + Verbatim.LOCAL_NAME + ">");
    for (int i = 1; i < parts.length; i += 2) {
      parts[i] = parts[i].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
    return String.join("", parts);
  }
}
