package org.meantime.dav;

import jakarta.ejb.ApplicationException;
import java.util.List;
import java.util.Optional;

/**
 * A request, or a part of one, that ends with an error status. The only exception that means an
 * answer: anything else thrown is a bug and becomes 500. An application exception to the EJB
 * container, which would otherwise wrap it and throw the bean away.
 */
@ApplicationException(rollback = true)
public class DavException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Status status;
  private final transient Precondition precondition;
  private final transient List<String> hrefs;

  /** An error without a precondition code; {@code reason} is shown to the client. */
  public DavException(Status status, String reason) {
    this(status, null, List.of(), reason);
  }

  /**
   * An error with the RFC 4918 §16 code that explains it, and the resources the code names: each as
   * {@link ResourcePath#toString(boolean)} writes it, with a slash at the end for a collection.
   */
  public DavException(Status status, Precondition precondition, List<String> hrefs) {
    this(status, precondition, List.copyOf(hrefs), precondition.code());
  }

  private DavException(
      Status status, Precondition precondition, List<String> hrefs, String reason) {
    super(reason, null, false, status.code() >= 500);
    this.status = status;
    this.precondition = precondition;
    this.hrefs = hrefs;
  }

  /** A 400: the request cannot be understood, and nothing was changed. */
  public static DavException badRequest(String reason) {
    return new DavException(Status.BAD_REQUEST, reason);
  }

  public Status status() {
    return status;
  }

  /** The RFC 4918 §16 code, where there is one for this error. */
  public Optional<Precondition> precondition() {
    return Optional.ofNullable(precondition);
  }

  /** The resources the precondition names, such as the roots of locks not submitted. */
  public List<String> hrefs() {
    return hrefs == null ? List.of() : hrefs;
  }
}
