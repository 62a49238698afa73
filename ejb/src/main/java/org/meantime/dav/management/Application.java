package org.meantime.dav.management;

import java.util.function.Supplier;

/**
 * The application that registered the MBeans. Their caller may be a thread without a context class
 * loader (that of a tool attached to the JVM), and the container's proxies work with none.
 */
final class Application {
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

  void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  <T> T call(Supplier<T> work) {
    Thread caller = Thread.currentThread();
    ClassLoader before = caller.getContextClassLoader();
    caller.setContextClassLoader(loader);
    try {
      return work.get();
    } finally {
      caller.setContextClassLoader(before);
    }
  }
}
