package org.meantime.dav.operation;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.meantime.dav.request.Client;
import org.meantime.dav.settings.Agents;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * Whom to send 102s, and how many. RFC 9110 §15.2 obliges every client and proxy to cope with any
 * number; a third of those in use do not.
 */
final class InterimPolicy {
  /** Draft-wright-http-progress leaves it open; a progress bar wants about this. */
  private static final Duration FOR_PROGRESS = Duration.ofSeconds(5);

  private final Settings settings;

  InterimPolicy(Settings settings) {
    this.settings = settings;
  }

  Pace pace(Client client) {
    Duration first = settings.duration(Setting.INTERIM_FIRST);
    Duration interval = settings.duration(Setting.INTERIM_INTERVAL);
    if (client.prefer().processing()) {
      first = Duration.ZERO; // the next tick
      interval = interval.compareTo(FOR_PROGRESS) < 0 ? interval : FOR_PROGRESS;
    }
    return new Pace(first, interval, limit(client));
  }

  /** The settings are those of this moment; what they mean for the client is found out later. */
  private IntSupplier limit(Client client) {
    return switch (settings.text(Setting.INTERIM_MODE)) {
      case "never" -> () -> 0;
      case "always" -> () -> Pace.MOST;
      default -> {
        int proxy = client.proxied() ? atMost(settings.number(Setting.INTERIM_PROXY)) : Pace.MOST;
        IntSupplier agent = agent(client);
        yield () -> Math.min(proxy, agent.getAsInt());
      }
    };
  }

  /** What is known of the program, unless it says itself that it wants them. */
  private IntSupplier agent(Client client) {
    if (client.prefer().processing()) {
      return () -> Pace.MOST;
    }
    int unknown = settings.text(Setting.INTERIM_UNKNOWN).equals("send") ? Pace.MOST : 0;
    Agents refused = settings.agents(Setting.INTERIM_REFUSE);
    Agents limited = settings.agents(Setting.INTERIM_LIMIT);
    String name = client.agent();
    return new Once(
        () -> atMost(refused.find(name).orElseGet(() -> limited.find(name).orElse(unknown))));
  }

  /** Finds a number out when it is first asked for; several threads may find the same. */
  private static final class Once implements IntSupplier {
    private static final int UNKNOWN = -1;

    private final IntSupplier found;
    private volatile int number = UNKNOWN;

    Once(IntSupplier found) {
      this.found = found;
    }

    @Override
    public int getAsInt() {
      if (number == UNKNOWN) {
        number = found.getAsInt();
      }
      return number;
    }
  }

  private static int atMost(long number) {
    return (int) Math.min(number, Pace.MOST);
  }
}
