package org.meantime.dav.web;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.meantime.dav.management.Build;
import org.meantime.dav.management.Management;
import org.meantime.dav.method.Processor;
import org.meantime.dav.operation.Operations;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.web.interim.InterimResponses;

/**
 * The application starts: its settings are complete and valid, and it can be looked into. When it
 * ends, no thread of its own executors is left.
 */
@WebListener
public class Startup implements ServletContextListener {
  private static final System.Logger LOG = System.getLogger(Startup.class.getName());

  @Inject private Settings settings;
  @Inject private Processor processor;
  @Inject private Management management;
  @Inject private Operations operations;
  private AutoCloseable guard = () -> {};
  private OwnExecutors executors = OwnExecutors.NONE;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    LOG.log(Level.INFO, "Meantime {0}", Build.current());
    String path = context.getContextPath();
    settings.begin(path, name -> Optional.ofNullable(context.getInitParameter(name)));
    new Workers(
            executor(),
            () -> settings.number(Setting.EXECUTOR_LIMIT),
            () -> settings.number(Setting.EXECUTOR_USER))
        .serve(context);
    executors = OwnExecutors.find();
    processor.open();
    management.register(path.isEmpty() ? "/" : path);
    guard = new InterimResponses().guard(path);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    operations.stop();
    executors.end();
    try {
      guard.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the server may keep this application in memory", e);
    }
  }

  /** Not the servlet's: one that fails to start does not stop the deployment everywhere. */
  private Executor executor() {
    String name = settings.text(Setting.EXECUTOR);
    try {
      return InitialContext.doLookup(name);
    } catch (NamingException | ClassCastException e) {
      // no cause: a container would tell it in place of the name of the setting
      throw new IllegalArgumentException(
          Setting.EXECUTOR.key() + "=" + name + " is no executor: " + e);
    }
  }
}
