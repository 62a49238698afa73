package org.meantime.dav.xml;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import org.meantime.dav.DavException;

/**
 * The characters of a body, up to the first tag that declares namespaces past all measure: the JDK
 * compares each declaration of a tag with all before it, and shows none of them before the last
 * (66,000 of them in a body of 1 MB took 10 seconds). Knows no more of XML than where tags begin
 * and end; what is none of a tag at most hides one until the next begins.
 */
final class TagReader extends FilterReader {
  /** More than {@link HardenedReader} lets pass, and few enough to be compared. */
  static final int MOST = 1_000;

  private static final String DECLARATION = "xmlns";
  private static final char NONE = 0;

  private boolean inTag;
  private char quote = NONE;
  private int matched; // of the text above
  private int declarations;

  TagReader(Reader in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] text, int from, int length) throws IOException {
    int count = super.read(text, from, length);
    for (int i = from; i < from + count; i++) {
      pass(text[i]);
    }
    return count;
  }

  private void pass(char c) {
    if (c == '<') { // no attribute's value has one
      inTag = true;
      quote = NONE;
      matched = 0;
      declarations = 0;
    } else if (quote != NONE) {
      quote = c == quote ? NONE : quote;
    } else if (inTag) {
      passInTag(c);
    }
  }

  private void passInTag(char c) {
    if (c == '>') {
      inTag = false;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else {
      matched = c == DECLARATION.charAt(matched) ? matched + 1 : 0;
      if (matched == DECLARATION.length()) {
        matched = 0;
        declare();
      }
    }
  }

  private void declare() {
    if (++declarations > MOST) {
      throw DavException.badRequest("an element of the body has too many attributes");
    }
  }
}
