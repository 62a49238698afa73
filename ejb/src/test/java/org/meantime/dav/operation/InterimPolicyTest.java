package org.meantime.dav.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.Prefer;
import org.meantime.dav.request.Client;
import org.meantime.dav.settings.Settings;

class InterimPolicyTest {
  private static final Prefer PROCESSING = Prefer.parse(List.of("processing"));

  /** The policy under settings such as {@code mode=never unknown=withhold}. */
  private static InterimPolicy policy(String settings) {
    Map<String, String> given =
        Arrays.stream(settings.split(" "))
            .filter(it -> !it.isEmpty())
            .map(it -> it.split("=", 2))
            .collect(Collectors.toMap(it -> "meantime.interim." + it[0], it -> it[1]));
    return new InterimPolicy(new Settings(name -> Optional.ofNullable(given.get(name))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "curl/8.5.0, 100",
    "cadaver/0.24 neon/0.32.5, 100",
    "Python-urllib/3.11, 0",
    "python-requests/2.31.0, 0",
    "libwww-perl/6.68, 0",
    "ReactorNetty/1.1.13, 0",
    "Mozilla/5.0, 0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0, 100",
    "Mozilla/5.0 (Linux) mirall/3.7.3 (Nextcloud), 0",
    "Java/17.0.15, 0",
    "Apache-HttpClient/5.3 (Java/17.0.15), 100",
    "Java/21.0.2, 100",
    "okhttp/4.12.0, 1",
    "DAVx5/4.4 (2024/06/01; dav4jvm; okhttp/4.12.0) Android/14, 1",
    "okhttp/5.1.0, 100",
    "rclone/v1.60.1-DEV, 5",
    "Go-http-client/1.1, 5",
    "Java-http-client/17.0.15, 8",
    "SomethingElse/1.0, 100",
    "'', 100",
  })
  void whatWasMeasured_isTheMost(String agent, int most) {
    assertEquals(
        most, policy("").pace(new Client(agent, false, Prefer.NOTHING)).limit().getAsInt());
  }

  @ParameterizedTest(name = "{0}, {1}, through a proxy: {2}, asks itself: {3}: {4}")
  @CsvSource({
    "'', curl/8, true, false, 0",
    "'', curl/8, true, true, 0",
    "proxy=send, curl/8, true, false, 100",
    "proxy=9, curl/8, true, false, 9",
    "proxy=9, rclone/1.60, true, false, 5",
    "proxy=9, python-requests/2, true, true, 9",
    "'', python-requests/2, false, true, 100",
    "mode=never, curl/8, false, true, 0",
    "mode=always, python-requests/2, true, false, 100",
    "unknown=withhold, Else/1, false, false, 0",
    "unknown=withhold, '', false, false, 0",
    "unknown=withhold, curl/8, false, false, 100",
    "unknown=withhold, rclone/1.60, false, false, 5",
    "refuse=^Else/, Else/1, false, false, 0",
    "refuse=^Else/, python-requests/2, false, false, 100",
    "limit=^Else/=7, Else/1, false, false, 7",
    "limit=^Else/=700, Else/1, false, false, 100",
    "limit=^Else/=7, rclone/1.60, false, false, 100",
  })
  void settings_decide(String settings, String agent, boolean proxied, boolean asks, int most) {
    Client client = new Client(agent, proxied, asks ? PROCESSING : Prefer.NOTHING);
    assertEquals(most, policy(settings).pace(client).limit().getAsInt());
  }

  @Test
  void whatWasMeasured_canBeAddedTo() {
    Settings settings =
        new Settings(
            name ->
                Optional.of("^Else/ measured")
                    .filter(it -> name.equals("meantime.interim.refuse")));
    InterimPolicy policy = new InterimPolicy(settings);
    assertEquals(0, policy.pace(new Client("Else/1", false, Prefer.NOTHING)).limit().getAsInt());
    assertEquals(
        0, policy.pace(new Client("python-requests/2", false, Prefer.NOTHING)).limit().getAsInt());
  }

  @Test
  void whoAsksForProgress_getsItSoon() {
    Pace pace = policy("").pace(new Client("", false, PROCESSING));
    assertEquals(Duration.ZERO, pace.first());
    assertEquals(Duration.ofSeconds(5), pace.interval());
    assertEquals(100, pace.limit().getAsInt());
    Pace quicker = policy("interval=PT2S").pace(new Client("", false, PROCESSING));
    assertEquals(Duration.ofSeconds(2), quicker.interval());
  }

  @ParameterizedTest(name = "{0} of them, each {1} s: {2}")
  @CsvSource({
    "100, 20, 20 20 20 20",
    "5, 20, 26 32 38 45",
    "8, 20, 23 27 30 34 37 41 45",
    "5, 60, 60 60 60 60",
    "1, 20, 20",
  })
  void aFew_areSpread(int limit, long interval, String gaps) {
    Pace pace = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(interval), () -> limit);
    List<String> expected = List.of(gaps.split(" "));
    assertEquals(
        expected,
        IntStream.rangeClosed(1, expected.size())
            .mapToObj(sent -> String.valueOf(pace.gap(sent).toSeconds()))
            .toList());
  }
}
