package org.meantime.dav.xml;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.UnmarshallerHandler;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.meantime.dav.DavException;
import org.xml.sax.SAXException;

/** The JAXB context of RFC 4918: reads request bodies and writes small documents. Threads: any. */
public final class DavXml {
  /** The namespace of WebDAV. */
  public static final String NAMESPACE = "DAV:";

  private DavXml() {}

  /** A root element of this package, such as {@link Prop}, as a document in UTF-8. */
  public static byte[] document(Object root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlOutput out = new XmlOutput(bytes);
    new BoundWriter(out).write(root);
    out.newline();
    out.flush();
    return bytes.toByteArray();
  }

  /**
   * Reads a request body; empty where there is none. One that is not a well-formed document with
   * that root, or that is out of proportion, is a 400, one with too many bytes a 413, one with a
   * DOCTYPE or too many names a 403. Where the client is gone, an {@link
   * java.io.UncheckedIOException}.
   */
  public static <T> Optional<T> read(InputStream in, XmlLimits limits, Class<T> type) {
    try {
      Optional<Reader> body = BodyStream.open(new LimitedStream(in, limits.bytes()));
      if (body.isEmpty()) {
        return Optional.empty();
      }
      HardenedReader reader = new HardenedReader(new TagReader(body.get()));
      UnmarshallerHandler handler = Context.INSTANCE.createUnmarshaller().getUnmarshallerHandler();
      String root = type.getAnnotation(XmlRootElement.class).name();
      new BodyReader(reader, handler, limits).read(root);
      return Optional.of(type.cast(handler.getResult()));
    } catch (XMLStreamException e) {
      throw DavException.badRequest("the body is not well-formed XML");
    } catch (SAXException | JAXBException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of an element that stands on its own; empty where other elements are in it. */
  public static Optional<String> text(String element) {
    try {
      HardenedReader reader = new HardenedReader(new StringReader(element));
      reader.nextTag();
      return Optional.of(reader.getElementText());
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  /** Made when first needed, which takes a tenth of a second, and gone with the class loader. */
  private static final class Context {
    static final JAXBContext INSTANCE = create();

    private static JAXBContext create() {
      try {
        return JAXBContext.newInstance(
            Response.class,
            Prop.class,
            ErrorElement.class,
            Resourcetype.class,
            Lockdiscovery.class,
            Supportedlock.class,
            Verbatim.class,
            Propfind.class,
            Propertyupdate.class,
            Lockinfo.class);
      } catch (JAXBException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
