package org.meantime.dav.operation;

import org.meantime.dav.DavException;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.xml.Response;

/** Stub: replaced at the merge. */
public final class Operation implements Reply, Progress {
  private final Reply reply;

  Operation(Reply reply) {
    this.reply = reply;
  }

  @Override
  public void header(String name, String value) {
    reply.header(name, value);
  }

  @Override
  public void member(Response response) {
    reply.member(response);
  }

  @Override
  public void send(Status status) {
    reply.send(status);
  }

  @Override
  public void send(Status status, Body body) {
    reply.send(status, body);
  }

  @Override
  public void fail(DavException error) {
    reply.fail(error);
  }

  @Override
  public void end() {
    reply.end();
  }

  @Override
  public void expect(long total) {}

  @Override
  public void member(ResourcePath current) {}

  @Override
  public void bytes(long count) {}
}
