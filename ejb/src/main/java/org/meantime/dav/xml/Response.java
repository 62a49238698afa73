package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;

/** {@code DAV:response} (RFC 4918 §14.24): what became of one resource. */
@XmlRootElement(name = "response")
public final class Response {
  private String href;
  private String status;
  private List<Propstat> propstat;
  private ErrorElement error;
  private String responsedescription;

  private Response() {}

  /** The properties of a resource, by status. */
  public static Response of(String href, List<Propstat> propstats) {
    Response response = new Response();
    response.href = href;
    response.propstat = List.copyOf(propstats);
    return response;
  }

  /** A resource to which, as a whole, that happened. */
  public static Response of(String href, Status status) {
    Response response = new Response();
    response.href = href;
    response.status = status.line();
    return response;
  }

  /**
   * A resource for which the request failed, and why.
   *
   * @param base what the paths of the error are below
   */
  public static Response of(String href, DavException error, String base) {
    Response response = of(href, error.status());
    if (error.precondition().isPresent()) {
      List<String> hrefs = error.hrefs().stream().map(path -> base + path).toList();
      response.error = new ErrorElement(error.precondition().get(), hrefs);
    } else {
      response.responsedescription = error.getMessage();
    }
    return response;
  }

  /** Roughly, how many characters it holds that clients have chosen. */
  public int size() {
    int size = href.length();
    if (propstat != null) {
      for (Propstat each : propstat) {
        size += each.size();
      }
    }
    return size;
  }

  public String href() {
    return href;
  }
}
