package org.meantime.dav.xml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** Documents as the tests write and see them: parsed by the JDK's DOM, none of our classes. */
public final class Documents {
  private Documents() {}

  public static InputStream stream(String xml) {
    return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
  }

  static Document parse(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setCoalescing(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new ByteArrayInputStream(xml));
  }

  static byte[] multistatus(Response... responses) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MultistatusWriter writer = new MultistatusWriter(bytes);
    for (Response response : responses) {
      writer.write(response);
    }
    writer.end();
    return bytes.toByteArray();
  }

  static String text(byte[] xml) {
    return new String(xml, StandardCharsets.UTF_8);
  }
}
