package org.meantime.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/** The JVM of the server, looked into from outside. */
public final class Jvm {
  private final MBeanServerConnection connection;

  Jvm(MBeanServerConnection connection) {
    this.connection = connection;
  }

  private <T> T bean(String name, Class<T> type) {
    try {
      return ManagementFactory.newPlatformMXBeanProxy(connection, name, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of its threads, by their ids. */
  public Map<Long, String> threads() {
    ThreadMXBean threads = bean(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull) // ended in between
        .collect(Collectors.toMap(ThreadInfo::getThreadId, ThreadInfo::getThreadName));
  }

  /** How many of its threads wait for one another for ever. */
  public int deadlocked() {
    ThreadMXBean threads = bean(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    long[] found = threads.findDeadlockedThreads();
    return found == null ? 0 : found.length;
  }

  /** What it uses now, all garbage collected. */
  public Usage usage() {
    MemoryMXBean memory = bean(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    memory.gc();
    long heap = memory.getHeapMemoryUsage().getUsed();
    return new Usage(heap, resident(), threads().size());
  }

  /** The processor time it took since it started. */
  public Duration cpu() {
    return ProcessHandle.of(pid()).flatMap(it -> it.info().totalCpuDuration()).orElseThrow();
  }

  /** Its process. */
  public long pid() {
    return bean(ManagementFactory.RUNTIME_MXBEAN_NAME, RuntimeMXBean.class).getPid();
  }

  /** The memory it has, as Linux tells it. */
  private long resident() {
    try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(pid()), "status"))) {
      String line = status.filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files it has open, as Linux tells them; those too that were deleted since. */
  public List<String> openFiles() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
      return descriptors.flatMap(Jvm::target).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> target(Path descriptor) {
    try {
      return Stream.of(Files.readSymbolicLink(descriptor).toString());
    } catch (NoSuchFileException e) {
      return Stream.empty(); // closed in between
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many classes of that name are loaded and have instances that a collection of garbage does
   * not collect: of an enum, one for each class loader that is alive.
   */
  public long loaded(String type) {
    try {
      String histogram =
          (String)
              connection.invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return histogram.lines().filter(line -> List.of(line.split("\\s+")).contains(type)).count();
    } catch (JMException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
