package org.meantime.dav.management;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The maintenance of a store from the command line: finds the server's JVM on the same machine, as
 * its user, and asks it over JMX. Uses the JDK alone, so that the jar it is in is all it needs.
 */
public final class StoreTool {
  private static final String USAGE =
      """
      usage: java -cp meantime-ejb.jar org.meantime.dav.management.StoreTool PID COMMAND
        PID              the process of the server; where several applications in it are Meantime,
                         PID/CONTEXT is that of the context path
        check [KIND ...] looks through the store, and puts right what it finds of these kinds:
                         length unreferred stray lock
        backup FOLDER    copies the store to an empty folder on that machine
        status           tells what runs or ran last
        stop             has what runs end
      exit status: 0 nothing is wrong, 1 something was found, 2 it was not done\
      """;

  private static final int FOUND = 1;
  private static final int NOT_DONE = 2;
  private static final int POLL_MILLIS = 500;
  private static final int PERCENT = 100;

  private final MBeanServerConnection server;
  private final ObjectName name;
  private final PrintStream out;

  private StoreTool(MBeanServerConnection server, ObjectName name, PrintStream out) {
    this.server = server;
    this.name = name;
    this.out = out;
  }

  /** Does what the arguments say, and exits. */
  public static void main(String... arguments) throws InterruptedException {
    System.exit(run(System.out, arguments));
  }

  private static int run(PrintStream out, String... arguments) throws InterruptedException {
    if (arguments.length < 2) {
      out.println(USAGE);
      return NOT_DONE;
    }
    String[] which = arguments[0].split("(?=/)", 2);
    try (JMXConnector connector = connect(which[0])) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      ObjectName name = find(server, which.length > 1 ? which[1] : "");
      return new StoreTool(server, name, out)
          .execute(arguments[1], Arrays.asList(arguments).subList(2, arguments.length));
    } catch (RuntimeMBeanException e) {
      out.println(e.getTargetException().getMessage());
    } catch (IOException | JMException | AttachNotSupportedException | IllegalArgumentException e) {
      out.println(e.getMessage());
    }
    return NOT_DONE;
  }

  private static JMXConnector connect(String pid) throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(pid);
    try {
      return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
    } finally {
      machine.detach();
    }
  }

  private static ObjectName find(MBeanServerConnection server, String context)
      throws IOException, JMException {
    ObjectName all = new ObjectName("org.meantime.dav:type=Maintenance,*");
    Set<ObjectName> names = new TreeSet<>(server.queryNames(all, null));
    return names.stream()
        .filter(name -> context(name).equals(context) || names.size() == 1 && context.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no such store in that process; there are " + names));
  }

  private static String context(ObjectName name) {
    return Optional.ofNullable(name.getKeyProperty("application"))
        .map(key -> key.startsWith("\"") ? ObjectName.unquote(key) : key)
        .orElse("");
  }

  private int execute(String command, List<String> arguments)
      throws IOException, JMException, InterruptedException {
    String rest = String.join(" ", arguments);
    switch (command) {
      case "check" -> ask("check", rest);
      case "backup" -> ask("backUp", rest);
      case "stop" -> server.invoke(name, "stop", null, null);
      case "status" -> {
        return tell(task());
      }
      default -> throw new IllegalArgumentException(USAGE);
    }
    return follow();
  }

  private void ask(String operation, String argument) throws IOException, JMException {
    server.invoke(name, operation, new Object[] {argument}, new String[] {String.class.getName()});
  }

  private Optional<CompositeData> task() throws IOException, JMException {
    return Optional.ofNullable((CompositeData) server.getAttribute(name, "Task"));
  }

  private int follow() throws IOException, JMException, InterruptedException {
    Optional<CompositeData> task = task();
    String told = "";
    while (task.filter(it -> it.get("state").equals("RUNNING")).isPresent()) {
      String progress = progress(task.get());
      if (!progress.equals(told)) {
        out.println(progress);
      }
      told = progress;
      Thread.sleep(POLL_MILLIS);
      task = task();
    }
    return tell(task);
  }

  private static String progress(CompositeData task) {
    long total = Math.max((Long) task.get("total"), 1);
    long done = Math.min((Long) task.get("done"), total);
    return "%s: %s, %d %%".formatted(task.get("name"), task.get("at"), done * PERCENT / total);
  }

  private int tell(Optional<CompositeData> last) {
    if (last.isEmpty()) {
      out.println("nothing has run since the start of the server");
      return 0;
    }
    CompositeData task = last.get();
    for (String line : (String[]) task.get("first")) {
      out.println(line);
    }
    String state = (String) task.get("state");
    out.println(
        "%s: %s, %d found, %d put right. %s"
            .formatted(
                task.get("name"),
                state,
                task.get("findings"),
                task.get("repaired"),
                state.equals("RUNNING") ? progress(task) : task.get("at"))
            .strip());
    if (!task.get("report").equals("")) {
      out.println("report: " + task.get("report"));
    }
    return switch (state) {
      case "CLEAN", "RUNNING" -> 0;
      case "FINDINGS" -> FOUND;
      default -> NOT_DONE;
    };
  }
}
