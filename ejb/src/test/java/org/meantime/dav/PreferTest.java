package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {
  @ParameterizedTest(name = "Prefer: {0}")
  @CsvSource({
    "processing, true, false, -1",
    "Processing, true, false, -1",
    "respond-async, false, true, -1",
    "respond-async|wait=10, false, true, 10",
    "wait = \"7\", false, false, 7",
    "wait=5|wait=6, false, false, 5",
    "wait=99999999999999999999999, false, false, 999999999",
    "wait=0000000000000000000005, false, false, 5",
    "wait=soon|processing, true, false, -1",
    "wait=-1, false, false, -1",
    "processing; level=2, true, false, -1",
    "return=minimal, false, false, -1",
    "'', false, false, -1",
  })
  void preferences_areUnderstoodOrIgnored(
      String elements, boolean processing, boolean respondAsync, long wait) {
    Prefer prefer = Prefer.parse(List.of(elements.split("\\|")));
    Optional<Duration> waiting = Optional.of(Duration.ofSeconds(wait)).filter(it -> wait >= 0);
    assertEquals(new Prefer(processing, respondAsync, waiting), prefer);
  }
}
