package org.meantime.dav.request;

import org.meantime.dav.ResourcePath;

/**
 * What every request has, whatever its method.
 *
 * @param target the resource the request is about, as the store spells its path
 * @param asked the same as the client spells it, which is how the client is told of it
 * @param slash whether the target URL ended in a slash, and so names a collection
 * @param base the raw URL path of the root of the store without a slash at the end, such as {@code
 *     /dav}; every href sent begins with it
 * @param caller who asks
 * @param client with what program
 * @param conditions under which conditions
 */
public record RequestHead(
    ResourcePath target,
    ResourcePath asked,
    boolean slash,
    String base,
    Caller caller,
    Client client,
    Conditions conditions) {

  /** Of a client that spells the target as the store does. */
  public RequestHead(
      ResourcePath target,
      boolean slash,
      String base,
      Caller caller,
      Client client,
      Conditions conditions) {
    this(target, target, slash, base, caller, client, conditions);
  }

  /** The same, from no program in particular. */
  RequestHead ofAnyClient() {
    return new RequestHead(target, asked, slash, base, caller, Client.ANY, conditions);
  }

  /**
   * The href of a resource: an absolute path, with a slash at the end for a collection. That of the
   * target, and what is below it, begins as the client spelt it: clients compare.
   */
  public String href(ResourcePath path, boolean collection) {
    boolean respelt = !asked.equals(target) && target.contains(path);
    ResourcePath told = respelt ? path.rebase(target, asked) : path;
    return base + told.toString(collection);
  }
}
