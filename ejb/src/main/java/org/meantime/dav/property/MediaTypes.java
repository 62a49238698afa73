package org.meantime.dav.property;

import java.util.Optional;
import org.meantime.dav.store.DocumentResource;

/**
 * What is said of content in fields of its own: the media type, the languages. Both come from
 * clients and go to others, so neither is more than its grammar, nor long.
 */
public final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final int LONGEST = 1024;

  private MediaTypes() {}

  /** The media type to serve the document with: the one it was put with, or by its name. */
  public static String of(DocumentResource document) {
    return document
        .contentType()
        .map(type -> isPlain(type) ? type : UNKNOWN)
        .or(() -> TypesByName.of(document.path().name()))
        .orElse(UNKNOWN);
  }

  /** The languages to serve the document with. */
  public static Optional<String> languages(DocumentResource document) {
    return document.contentLanguage().filter(MediaTypes::isPlain);
  }

  /** What to keep of a Content-Type; the empty string stays what it is. */
  public static String kept(String contentType) {
    boolean good =
        contentType.isEmpty() || isPlain(contentType) && new Grammar(contentType).isMediaType();
    return good ? contentType : UNKNOWN;
  }

  /** What to keep of a Content-Language: nothing where it is no list of language tags. */
  public static String keptLanguages(String contentLanguage) {
    boolean good = isPlain(contentLanguage) && new Grammar(contentLanguage).isLanguages();
    return good ? contentLanguage : "";
  }

  /** What stores have kept may be anything; no more than this is to be feared of it. */
  private static boolean isPlain(String text) {
    return text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  /** The grammars of RFC 9110 §8.3.1 and §8.5, with the white space that clients add. */
  private static final class Grammar {
    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    Grammar(String text) {
      this.text = text;
    }

    /** {@code type "/" subtype *( ";" [ name "=" ( token / quoted-string ) ] )}. */
    boolean isMediaType() {
      boolean good = token() && take('/') && token();
      space();
      while (good && take(';')) {
        space();
        good = at == text.length() || text.charAt(at) == ';' || parameter();
        space();
      }
      return good && at == text.length();
    }

    private boolean parameter() {
      return token() && take('=') && (quoted() || token());
    }

    /** {@code tag *( "," tag )}; of a tag no more than that it is a token. */
    boolean isLanguages() {
      do {
        space();
        token();
        space();
      } while (take(','));
      return at == text.length();
    }

    private boolean quoted() {
      if (!take('"')) {
        return false;
      }
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return take('"');
    }

    private boolean token() {
      int from = at;
      while (at < text.length() && isToken(text.charAt(at))) {
        at++;
      }
      return at > from;
    }

    private static boolean isToken(char c) {
      return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0);
    }

    private boolean take(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private void space() {
      while (take(' ')) {
        // the next
      }
    }
  }
}
