package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Xml;
import org.w3c.dom.Node;

/** Everything a client can see below a collection, to be compared with what is there later. */
record Snapshot(Dav dav, List<String> responses) {
  static Snapshot of(Dav dav) {
    return new Snapshot(dav, responses(dav));
  }

  /** Fails where a member, a property, content or a lock has changed since. */
  void assertUnchanged() {
    assertEquals(String.join("\n", responses), String.join("\n", responses(dav)));
  }

  private static List<String> responses(Dav dav) {
    Xml all = dav.propfind("/", "infinity", "<D:allprop/>").is(207).xml();
    return all.nodes("//D:response").stream().map(Snapshot::text).sorted().toList();
  }

  /** Names and text, but the time a lock has left, which only gets less. */
  private static String text(Node node) {
    if (node.getNodeType() == Node.TEXT_NODE) {
      return node.getNodeValue();
    }
    if ("timeout".equals(node.getLocalName())) {
      return "";
    }
    StringBuilder text = new StringBuilder("<" + node.getNodeName() + ">");
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      text.append(text(child));
    }
    return text.toString();
  }
}
