package org.meantime.dav.web;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Optional;
import org.meantime.dav.management.Management;
import org.meantime.dav.settings.Settings;

/** The application starts: its settings are complete, and it can be looked into. */
@WebListener
public class Startup implements ServletContextListener {
  @Inject private Settings settings;
  @Inject private Event<Settings.Complete> complete;
  @Inject private Management management;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    settings.begin(name -> Optional.ofNullable(context.getInitParameter(name)));
    complete.fire(new Settings.Complete());
    String path = context.getContextPath();
    management.register(path.isEmpty() ? "/" : path);
  }
}
