package org.meantime.dav.method;

import java.util.List;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Reply;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.xml.Response;

/**
 * A request on a tree that fails, or failed in part, because of members: a 207 that names each of
 * them with its reason, and none that did not fail (RFC 4918 §9.6.1, §9.8.5, §9.9.2).
 */
final class PartialFailure extends DavException {
  private static final long serialVersionUID = 1;

  private final transient List<Failure> failures;

  /** One member that failed, and why. */
  record Failure(ResourcePath path, boolean collection, DavException error) {}

  PartialFailure(List<Failure> failures) {
    super(Status.MULTI_STATUS, "members failed");
    this.failures = failures;
  }

  void reply(RequestHead head, Reply reply) {
    for (Failure failure : failures) {
      String href = head.href(failure.path(), failure.collection());
      reply.member(Response.of(href, failure.error(), head.base()));
    }
  }
}
