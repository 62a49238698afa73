package org.meantime.dav.management;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.meantime.dav.operation.Operations;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.Maintained;
import org.meantime.dav.store.Observed;
import org.meantime.dav.store.Stores;

/**
 * Registers the MBeans, {@code org.meantime.dav:type=Settings}, {@code type=Operations} and, of a
 * store that tells how it is, {@code type=Store}, of one that can be looked after, {@code
 * type=Maintenance}, until the application ends. Where another application of this server has these
 * names, the key {@code application} is added.
 */
@ApplicationScoped
public class Management {
  private static final System.Logger LOG = System.getLogger(Management.class.getName());

  private final List<ObjectName> names = new ArrayList<>();
  private Settings settings;
  private Operations operations;
  private Stores stores;

  /** For the container's proxy. */
  protected Management() {}

  @Inject
  Management(Settings settings, Operations operations, Stores stores) {
    this.settings = settings;
    this.operations = operations;
    this.stores = stores;
  }

  /**
   * Registers them; an application that cannot be looked into works all the same.
   *
   * @param application what no other application of the server is called: its context path
   */
  public synchronized void register(String application) {
    try {
      try {
        registerAll("");
      } catch (InstanceAlreadyExistsException e) {
        unregister();
        registerAll(",application=" + value(application));
      }
      LOG.log(Level.INFO, "JMX: {0}", names);
    } catch (JMException e) {
      LOG.log(Level.WARNING, "no JMX: " + e.getMessage(), e);
    }
  }

  private void registerAll(String key) throws JMException {
    register(new SettingsView(settings), "org.meantime.dav:type=Settings" + key);
    register(new OperationsView(operations), "org.meantime.dav:type=Operations" + key);
    if (stores.store() instanceof Observed store) {
      register(new StoreView(store), "org.meantime.dav:type=Store" + key);
    }
    if (stores.store() instanceof Maintained store) {
      register(
          new MaintenanceView(store, new Application()), "org.meantime.dav:type=Maintenance" + key);
    }
  }

  private void register(Object view, String name) throws JMException {
    names.add(server().registerMBean(view, new ObjectName(name)).getObjectName());
  }

  private static String value(String text) {
    return text.matches("[\\w/.-]+") ? text : ObjectName.quote(text);
  }

  @PreDestroy
  synchronized void unregister() {
    for (ObjectName name : names) {
      try {
        server().unregisterMBean(name);
      } catch (JMException e) {
        LOG.log(Level.WARNING, "left behind: " + name, e);
      }
    }
    names.clear();
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
