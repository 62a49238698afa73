package org.meantime.dav.xml;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import org.meantime.dav.Property;
import org.meantime.dav.Status;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One response of a long multistatus, from the bound objects to the bytes. */
@State(Scope.Thread)
public class MultistatusBenchmark {
  private static final List<Object> LIVE =
      List.of(
          live("creationdate", "2026-11-25T19:00:00Z"),
          live("getcontentlength", "12345"),
          live("getcontenttype", "text/plain"),
          live("getetag", "\"5f0c8e0b1c\""),
          live("getlastmodified", "Wed, 25 Nov 2026 19:00:00 GMT"),
          new Resourcetype(false));
  private static final Property DEAD =
      new Property(
          new QName("urn:x", "author"), "<x:author xmlns:x=\"urn:x\">Ann Onymous</x:author>");

  private final MultistatusWriter writer = new MultistatusWriter(OutputStream.nullOutputStream());
  private final Response live = response(LIVE);
  private final Response dead = response(with(DEAD));

  private static Object live(String name, String text) {
    return Prop.text(new QName(DavXml.NAMESPACE, name), text);
  }

  private static List<Object> with(Property property) {
    List<Object> values = new ArrayList<>(LIVE);
    values.add(property);
    return values;
  }

  private static Response response(List<Object> values) {
    return Response.of(
        "/dav/projects/2026/notes.txt", List.of(Propstat.of(new Prop(values), Status.OK)));
  }

  @Benchmark
  public void sixLiveProperties() {
    writer.write(live);
  }

  @Benchmark
  public void andADeadOne() {
    writer.write(dead);
  }
}
