package org.meantime.dav.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.operation.OperationDocuments.Page;
import org.meantime.dav.operation.OperationDocuments.Place;
import org.meantime.dav.request.Caller;

/** The list of operations, page by page. */
class OperationPagesTest {
  private static final Caller ANN = new Caller("ann", false);

  /** Seven of ann's, some of the same moment, and one of bob's among them. */
  private final OperationDocuments documents =
      new OperationDocuments(
          () -> Duration.ofHours(1),
          new NoJournal() {
            @Override
            public List<Interrupted> interrupted() {
              List<Interrupted> all = new ArrayList<>();
              for (int i = 0; i < 8; i++) {
                all.add(new Interrupted(entry(i), Optional.empty()));
              }
              return all;
            }
          });

  private static Journal.Entry entry(int i) {
    return new Journal.Entry(
        new UUID(0, i),
        "COPY",
        "/dav",
        "/dav/" + i,
        Optional.empty(),
        i == 3 ? "bob" : "ann",
        "",
        Instant.ofEpochSecond(i / 3));
  }

  private static List<String> targets(Page page) {
    return page.documents().stream().map(it -> it.entry().target().substring(5)).toList();
  }

  private List<List<String>> pages(Caller caller) {
    List<List<String>> pages = new ArrayList<>();
    Optional<Place> next = Optional.empty();
    do {
      Page page = documents.page(caller, next, 3);
      pages.add(targets(page));
      next = page.next().map(place -> Place.parse(place.toString()));
    } while (next.isPresent());
    return pages;
  }

  @Test
  void pages_haveAllOfTheUserOnce_theNewestFirst() {
    assertEquals(List.of(List.of("6", "7", "4"), List.of("5", "0", "1"), List.of("2")), pages(ANN));
    assertEquals(List.of(List.of("3")), pages(new Caller("bob", false)));
    assertEquals(8, pages(new Caller("root", true)).stream().mapToInt(List::size).sum());
  }

  @Test
  void aPlaceWhoseOperationIsForgotten_isStillThere() {
    Place next = documents.page(ANN, Optional.empty(), 3).next().orElseThrow();
    documents.forget(documents.find(next.id(), ANN).orElseThrow());
    assertEquals(List.of("0", "1", "2"), targets(documents.page(ANN, Optional.of(next), 3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "x", "2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z_x"})
  void whatIsNoPlace_is400(String text) {
    DavException e = assertThrows(DavException.class, () -> Place.parse(text));
    assertEquals(Status.BAD_REQUEST, e.status());
  }
}
