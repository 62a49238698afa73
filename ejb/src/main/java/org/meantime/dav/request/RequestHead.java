package org.meantime.dav.request;

import org.meantime.dav.ResourcePath;

/**
 * What every request has, whatever its method.
 *
 * @param target the resource the request is about
 * @param slash whether the target URL ended in a slash, and so names a collection
 * @param base the raw URL path of the root of the store without a slash at the end, such as {@code
 *     /dav}; every href sent begins with it
 * @param caller who asks
 * @param client with what program
 * @param conditions under which conditions
 */
public record RequestHead(
    ResourcePath target,
    boolean slash,
    String base,
    Caller caller,
    Client client,
    Conditions conditions) {

  /** The same, from no program in particular. */
  RequestHead ofAnyClient() {
    return new RequestHead(target, slash, base, caller, Client.ANY, conditions);
  }

  /** The href of a resource: an absolute path, with a slash at the end for a collection. */
  public String href(ResourcePath path, boolean collection) {
    return base + path.toString(collection);
  }
}
