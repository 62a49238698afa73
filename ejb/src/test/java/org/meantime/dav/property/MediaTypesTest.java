package org.meantime.dav.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  private static final String UNKNOWN = "application/octet-stream";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "none           | ``",
        "plain          | text/plain",
        "suffix         | application/vnd.api+json",
        "parameter      | text/html; charset=utf-8",
        "no space       | text/html;charset=utf-8",
        "much space     | text/html  ;  charset=utf-8",
        "quoted         | text/html; charset=\"utf-8\"",
        "quoted comma   | multipart/mixed; boundary=\"a,;b\"; x=y",
        "escaped quote  | text/plain; x=\"a\\\"b\"",
        "semicolon last | text/html;",
        "two semicolons | text/html;; charset=utf-8",
      })
  void mediaType_isKeptAsItIs(String row, String type) {
    assertEquals(type, MediaTypes.kept(type));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "carriage return | `text/plain\rX: y`",
        "line            | `text/plain\r\nX: y`",
        "tab             | `text/plain;\tx=y`",
        "NUL             | `text/plain\u0000`",
        "outside ASCII   | text/pläin",
        "quoted, outside | text/plain; name=\"ä\"",
        "no subtype      | text",
        "slash alone     | /",
        "two slashes     | text/plain/x",
        "space inside    | text/ plain",
        "half a quote    | text/plain; x=\"y",
        "after a quote   | text/plain; x=\"y\"z",
        "no value        | text/plain; x=",
        "no name         | text/plain; =x",
        "list            | text/plain, text/html",
        "escape at end   | `text/plain; x=\"\\`",
      })
  void anythingElse_isUnknown(String row, String type) {
    assertEquals(UNKNOWN, MediaTypes.kept(type));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.txt           | text/plain; charset=utf-8",
        "a.html          | text/html; charset=utf-8",
        "a.csv           | text/csv; charset=utf-8",
        "a.md            | text/markdown; charset=utf-8",
        "a.yaml          | text/yaml; charset=utf-8",
        "a.js            | text/javascript; charset=utf-8",
        "a.ics           | text/calendar; charset=utf-8",
        "a.vcf           | text/x-vcard; charset=utf-8",
        "a.log           | text/plain; charset=utf-8",
        "a.xml           | application/xml",
        "a.json          | application/json",
        "a.svg           | image/svg+xml",
        "a.eml           | message/rfc822",
        "a.epub          | application/epub+zip",
        "a.docx          | application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "a.odt           | application/vnd.oasis.opendocument.text",
        "a.heic          | image/heic",
        "a.avif          | image/avif",
        "a.webp          | image/webp",
        "a.woff2         | font/woff2",
        "a.wasm          | application/wasm",
        "a.m3u8          | application/vnd.apple.mpegurl",
        "a.ts            | video/mp2t",
        "a.mp4           | video/mp4",
        "a.mkv           | video/x-matroska",
        "a.mp3           | audio/mpeg",
        "a.wav           | audio/wav",
        "a.rtf           | application/rtf",
        "a.bmp           | image/bmp",
        "a.rar           | application/vnd.rar",
        "C#notes.pdf     | application/pdf",
        "page.htmlx#.txt | text/plain; charset=utf-8",
        "a.txt#b.png     | image/png",
        "a?b.pdf         | application/pdf",
        "a.tar.gz        | application/gzip",
        "A.JPG           | image/jpeg",
        ".pdf            | application/pdf",
        "pdf             | none",
        "a.pdf#1         | none",
        "a.              | none",
        "a.txt.          | none",
        "a. txt          | none",
      })
  void name_tellsItsType(String name, String type) {
    assertEquals(type, TypesByName.of(name).orElse("none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "de          | de",
        "de, en-GB   | de, en-GB",
        "mi,en       | mi,en",
        "``          | ``",
        "de en       | ``",
        "`de\rX: y`  | ``",
        "dé          | ``",
      })
  void languages_areKeptOrForgotten(String given, String kept) {
    assertEquals(kept, MediaTypes.keptLanguages(given));
  }
}
