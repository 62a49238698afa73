package org.meantime.dav.operation;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The one timer. It runs only while something is in flight, walks the operations once a second, and
 * hands the 102s that are due until the next time to an executor of its own: a client that does not
 * read must not hold up the others, and neither may long work, which fills other pools.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll
public class Heartbeat {
  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

  /** Payara fires no EJB timer more often than this unless it is told to. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** The JNDI name of the executor that writes 102s. */
  public static final String EXECUTOR = "java:app/concurrent/meantime-interim";

  @Resource private TimerService timers;
  @Inject private Operations operations;
  private volatile ManagedExecutorService executor;

  /** Starts the timer. */
  public void start() {
    timers.createIntervalTimer(
        TICK.toMillis(), TICK.toMillis(), new TimerConfig("Meantime heartbeat", false));
  }

  /** A container that catches something here ends the timer sooner or later, and all is silent. */
  @Timeout
  void tick(Timer timer) {
    new Guarded("the heartbeat missed a beat", () -> beat(timer)).run();
  }

  private void beat(Timer timer) {
    boolean busy = operations.tick(this::hand);
    if (!busy) {
      timer.cancel();
      operations.stoppedTicking();
    }
  }

  private void hand(Runnable beat) {
    try {
      executor().execute(beat);
    } catch (RuntimeException | OutOfMemoryError | NamingException e) {
      LOG.log(Level.WARNING, "no thread to send a 102 on: {0}", e.toString());
    }
  }

  private ManagedExecutorService executor() throws NamingException {
    if (executor == null) {
      executor = InitialContext.doLookup(EXECUTOR);
    }
    return executor;
  }

  @PreDestroy
  void stop() {
    operations.stop();
  }
}
